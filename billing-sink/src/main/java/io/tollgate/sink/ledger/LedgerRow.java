package io.tollgate.sink.ledger;

import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.VendorReading;
import io.tollgate.sink.text.Calendar;
import io.tollgate.sink.text.CopyRows;
import io.tollgate.sink.text.Json;
import io.tollgate.sink.text.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of {@code cost_calculations}, in the order in which rows are written. */
final class LedgerRow {
    static final String COPY = "COPY cost_calculations (booked_on, event_hash, sequence, kind, cause, corrects, reason,"
            + " revision, state, code, requests, event_time, booked_at, events_partition, events_offset, company, source,"
            + " event_id, user_id, auth_id, provider, model, request_model, operation, request_id, service_tier, region,"
            + " variant, speed, reservation, status, latency_ms, billable, labels, lines, tokens, cost, list_cost, currency,"
            + " price_version, vendor, over_quotas, reduced) FROM STDIN";

    private LedgerRow() {}

    static void write(byte[] eventHash, RatedUsage rated, boolean reduced, CopyRows row) {
        row.date(Calendar.dayOf(rated.getBookedAt()))
                .uuid(eventHash)
                .number(rated.getSequence())
                .text(Words.of(rated.getKind()))
                .text(Words.of(rated.getCause()))
                .number(rated.getCorrects())
                .text(rated.getReason())
                .number(rated.getRevision())
                .text(Words.of(rated.getState()))
                .text(rated.getCode())
                .number(rated.getRequests())
                .timestamp(rated.getEventTime())
                .timestamp(rated.getBookedAt())
                .number(rated.getEventsPartition())
                .number(rated.getEventsOffset())
                .text(rated.getCompany())
                .text(rated.getSource())
                .text(rated.getId())
                .text(rated.getUser())
                .text(rated.getAuthId())
                .text(rated.getProvider())
                .text(rated.getModel())
                .text(rated.getRequestModel())
                .text(rated.getOperation())
                .text(rated.getRequestId())
                .text(rated.getServiceTier())
                .text(rated.getRegion())
                .text(rated.getVariant())
                .text(rated.getSpeed())
                .text(rated.getReservation())
                .number(rated.getStatus())
                .number(rated.getLatencyMs())
                .truth(rated.getBillable());
        row.json().strings(rated.getLabels());
        lines(rated.getLines(), row.json());
        row.decimal(rated.getTokens())
                .decimal(rated.getCost())
                .decimal(rated.getListCost())
                .text(rated.getCurrency())
                .number(rated.getPriceVersion());
        vendor(rated.getVendor(), row);
        row.texts(rated.getOverQuotas()).truth(reduced).endRow();
    }

    private static void vendor(@Nullable VendorReading vendor, CopyRows row) {
        if (vendor == null) {
            row.text(null);
            return;
        }
        row.json()
                .open('{')
                .member("format", vendor.getFormat())
                .member("quality", Words.of(vendor.getQuality()))
                .member("remark", vendor.getRemark())
                .member("cost", vendor.getCost())
                .member("usage", vendor.getUsage())
                .close('}');
    }

    private static void lines(List<LineItem> lines, Json json) {
        json.open('[');
        for (LineItem line : lines) {
            json.open('{')
                    .member("dimension", line.getDimension())
                    .member("unit", line.getUnit())
                    .member("quantity", line.getQuantity())
                    .member("list_unit_price", line.getListUnitPrice())
                    .member("unit_price", line.getUnitPrice())
                    .member("multiplier", line.getMultiplier())
                    .member("list_multiplier", line.getListMultiplier())
                    .member("list_cost", line.getListCost())
                    .member("cost", line.getCost())
                    .member("price_item", line.getPriceItem())
                    .member("price_match", line.getPriceMatch())
                    .member("tier_from", line.getTierFrom())
                    .close('}');
        }
        json.close(']');
    }
}
