package io.tollgate.bench.load;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import java.time.Instant;
import java.util.Objects;

/** The same traffic as the ledger rows that the topology makes of it, priced by the real price book. */
public final class RatedLoad {
    private final UsageLoad load;
    private final PriceBook prices = Catalog.book();
    private final long bookedAt;
    private long offset;

    public RatedLoad(int seed, Instant now) {
        this.load = new UsageLoad(seed, now);
        this.bookedAt = now.toEpochMilli() * 1_000;
    }

    /** A row and the key of its record. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to a producer, never compared
    public record Row(byte[] key, RatedUsage value) {}

    public Row next() {
        UsageEvent event = load.next();
        Usage usage = Objects.requireNonNull(event.submission().getUsage());
        Rating rating = prices.rate(event.company(), usage);
        RatedUsage row = new RatedUsage();
        row.setCompany(event.company());
        row.setSource(UsageEvent.SOURCE);
        row.setId(event.id());
        row.setSequence(0);
        row.setKind(RowKind.USAGE);
        row.setCause(SubmissionKind.USAGE);
        row.setRevision(1);
        row.setRequests(1);
        row.setBookedAt(bookedAt);
        row.setEventsPartition((int) (offset % 4));
        row.setEventsOffset(offset++ / 4);
        row.setAuthId(event.authId());
        describe(row, usage);
        charge(row, rating);
        return new Row(event.hash(), row);
    }

    private static void describe(RatedUsage row, Usage usage) {
        row.setEventTime(usage.getEventTime());
        row.setUser(usage.getUser());
        row.setProvider(usage.getProvider());
        row.setModel(usage.getModel());
        row.setOperation(usage.getOperation());
        row.setRequestId(usage.getRequestId());
        row.setServiceTier(usage.getServiceTier());
        row.setStatus(usage.getStatus());
        row.setLatencyMs(usage.getLatencyMs());
        row.setBillable(usage.getBillable());
        row.setLabels(usage.getLabels());
    }

    private static void charge(RatedUsage row, Rating rating) {
        row.setState(rating.state());
        row.setCode(rating.code());
        row.setLines(rating.lines());
        row.setTokens(rating.tokens());
        row.setCost(rating.cost());
        row.setListCost(rating.listCost());
        row.setCurrency(rating.currency());
        row.setPriceVersion(rating.priceVersion());
    }
}
