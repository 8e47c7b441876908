package io.tollgate.gateway.rerating;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Usage;
import java.util.ArrayList;
import java.util.List;

/** The usage that a row of the ledger was made from, as far as it decides a price. */
final class RowUsage {
    private RowUsage() {}

    /** @param lines the row's, as they count the event once */
    static Usage of(RatedUsage row, List<LineItem> lines) {
        List<DimensionQuantity> dimensions = new ArrayList<>(lines.size());
        for (LineItem line : lines) {
            dimensions.add(new DimensionQuantity(line.getDimension(), line.getQuantity()));
        }
        Usage usage = new Usage();
        usage.setEventTime(row.getEventTime());
        usage.setProvider(row.getProvider());
        usage.setModel(row.getModel());
        usage.setRequestModel(row.getRequestModel());
        usage.setOperation(row.getOperation());
        usage.setServiceTier(row.getServiceTier());
        usage.setRegion(row.getRegion());
        usage.setVariant(row.getVariant());
        usage.setSpeed(row.getSpeed());
        usage.setVendor(row.getVendor());
        usage.setStatus(row.getStatus());
        usage.setBillable(row.getBillable());
        usage.setDimensions(dimensions);
        return usage;
    }
}
