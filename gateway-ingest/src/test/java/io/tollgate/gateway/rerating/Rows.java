package io.tollgate.gateway.rerating;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger as the topology writes them, for tests. */
public final class Rows {
    public static final String COMPANY = "acme";
    static final long TIME = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-11-21T10:00:00Z"));

    private Rows() {}

    /** A usage of openai; quantities in the order of the map. */
    static Usage usage(String model, Map<String, String> quantities) {
        Usage usage = new Usage();
        usage.setEventTime(TIME);
        usage.setProvider("openai");
        usage.setModel(model);
        usage.setBillable(true);
        usage.setLabels(Map.of());
        usage.setDimensions(quantities.entrySet().stream()
                .map(counted -> new DimensionQuantity(counted.getKey(), exact(counted.getValue())))
                .toList());
        return usage;
    }

    /** The row that counts a usage, by a book. */
    static RatedUsage row(String company, String id, int sequence, Usage usage, PriceBook book) {
        Rating rating = book.rate(company, usage);
        return RatedUsage.newBuilder()
                .setCompany(company)
                .setSource("it")
                .setId(id)
                .setSequence(sequence)
                .setKind(sequence == 0 ? RowKind.USAGE : RowKind.REPLACEMENT)
                .setCause(sequence == 0 ? SubmissionKind.USAGE : SubmissionKind.AMEND)
                .setRequests(1)
                .setBookedAt(usage.getEventTime())
                .setEventsPartition(0)
                .setEventsOffset(0)
                .setEventTime(usage.getEventTime())
                .setProvider(usage.getProvider())
                .setModel(usage.getModel())
                .setRequestModel(usage.getRequestModel())
                .setOperation(usage.getOperation())
                .setServiceTier(usage.getServiceTier())
                .setRegion(usage.getRegion())
                .setVariant(usage.getVariant())
                .setSpeed(usage.getSpeed())
                .setVendor(usage.getVendor())
                .setStatus(usage.getStatus())
                .setBillable(usage.getBillable())
                .setState(rating.state())
                .setCode(rating.code())
                .setLines(rating.lines())
                .setTokens(rating.tokens())
                .setCost(rating.cost())
                .setListCost(rating.listCost())
                .setCurrency(rating.currency())
                .setPriceVersion(rating.priceVersion())
                .build();
    }

    /** The row of one event that has been rated by a book; for tests outside. */
    public static RatedUsage rated(String id, String model, String input, PriceTimeline... prices) {
        return row(COMPANY, id, 0, usage(model, Map.of("input", input)), book(prices));
    }

    static RatedUsage reversal(RatedUsage row) {
        return RatedUsage.newBuilder(row)
                .setSequence(row.getSequence() + 1)
                .setCorrects(row.getSequence())
                .setKind(RowKind.REVERSAL)
                .setRequests(-1)
                .setLines(row.getLines().stream().map(Rows::negated).toList())
                .setTokens(negated(row.getTokens()))
                .setCost(row.getCost() == null ? null : negated(row.getCost()))
                .setListCost(row.getListCost() == null ? null : negated(row.getListCost()))
                .build();
    }

    static PriceBook book(PriceTimeline... timelines) {
        PriceBook book = new PriceBook();
        Arrays.asList(timelines).forEach(book::put);
        return book;
    }

    /** Prices of a model of openai in USD, from long ago: dimension, price, dimension, price. */
    public static PriceTimeline prices(@Nullable String company, String model, long version, String... prices) {
        List<PriceItem> items = new ArrayList<>();
        for (int i = 0; i < prices.length; i += 2) {
            items.add(item(model + "-" + prices[i] + "-" + version, prices[i])
                    .setUnitPrice(exact(prices[i + 1]))
                    .build());
        }
        return timeline(company, model, version, items);
    }

    static PriceTimeline timeline(@Nullable String company, String model, long version, List<PriceItem> items) {
        return PriceTimeline.newBuilder()
                .setCompany(company)
                .setProvider(model.equals(PriceBook.ANY) ? PriceBook.ANY : "openai")
                .setModel(model)
                .setVersion(version)
                .setChangedAt(0)
                .setItems(items)
                .build();
    }

    static PriceItem.Builder item(String id, String dimension) {
        return PriceItem.newBuilder()
                .setId(id)
                .setDimension(dimension)
                .setCurrency("USD")
                .setTierFrom(exact("0"))
                .setEffectiveFrom(0)
                .setRecordedAt(0);
    }

    static ExactDecimal exact(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }

    private static LineItem negated(LineItem line) {
        return LineItem.newBuilder(line)
                .setQuantity(negated(line.getQuantity()))
                .setCost(line.getCost() == null ? null : negated(line.getCost()))
                .setListCost(line.getListCost() == null ? null : negated(line.getListCost()))
                .build();
    }

    private static ExactDecimal negated(ExactDecimal value) {
        return Decimals.toAvro(Decimals.fromAvro(value).negated());
    }
}
