package io.tollgate.connect;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.UsageStats;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records with any mixture of what a record may hold: nothing, nasty text, amounts of all lengths. */
final class RandomUsage {
    private static final List<String> WORDS = List.of(
            "search",
            "",
            "a \"quoted\" \\ word",
            "tab\t and newline\n",
            "it's $1, ${topic} and :name",
            "é漢😀",
            "a \u0000 in it",
            "null",
            "NULL",
            "{\"json\":[1.50]}");

    /** 1970 and 2200: far enough from each other for any mistake with a zone or a sign. */
    private static final long LATEST = 7_258_118_400_000_000L;

    private final Random random;

    RandomUsage(long seed) {
        random = new Random(seed);
    }

    RatedUsage rated(String company, String id) {
        boolean priced = random.nextInt(4) > 0;
        List<LineItem> lines = some(4, () -> line(priced));
        return RatedUsage.newBuilder()
                .setCompany(company)
                .setSource(word())
                .setId(id)
                .setSequence(random.nextInt(5))
                .setKind(one(RowKind.USAGE, RowKind.REVERSAL, RowKind.REPLACEMENT))
                .setCause(one(SubmissionKind.USAGE, SubmissionKind.VOID, SubmissionKind.RERATE))
                .setCorrects(orNull(() -> random.nextInt(5)))
                .setReason(orNull(this::word))
                .setRevision(1 + random.nextInt(9))
                .setState(priced ? RatingState.RATED : RatingState.UNPRICED)
                .setCode(priced ? null : "no_price")
                .setRequests(random.nextBoolean() ? 1 : -1)
                .setEventTime(micros())
                .setBookedAt(micros() / 1_000 * 1_000)
                .setEventsPartition(random.nextInt(64))
                .setEventsOffset(random.nextLong() >>> 1)
                .setAuthId(orNull(this::word))
                .setUser(orNull(this::word))
                .setProvider(word())
                .setModel(word())
                .setOperation(orNull(this::word))
                .setRequestId(orNull(this::word))
                .setServiceTier(orNull(this::word))
                .setRegion(orNull(this::word))
                .setVariant(orNull(this::word))
                .setReservation(orNull(this::word))
                .setStatus(orNull(() -> random.nextInt(600)))
                .setLatencyMs(orNull(() -> random.nextLong() >>> 30))
                .setBillable(random.nextBoolean())
                .setLabels(labels())
                .setLines(lines)
                .setTokens(amount())
                .setCost(priced ? amount() : null)
                .setListCost(priced ? amount() : null)
                .setCurrency(priced ? "USD" : null)
                .setPriceVersion(orNull(() -> random.nextLong() >>> 1))
                .setSpeed(orNull(this::word))
                .setVendor(orNull(this::reading))
                .setRequestModel(orNull(this::word))
                .setOverQuotas(orNull(() -> some(3, this::word)))
                .build();
    }

    UsageStats stats(String company, Granularity granularity, long version) {
        long quarterHours = micros() / 900_000_000L;
        return UsageStats.newBuilder()
                .setCompany(company)
                .setGranularity(granularity)
                .setWindowStart((granularity == Granularity.DAY ? quarterHours / 96 * 96 : quarterHours) * 900_000_000L)
                .setUser(orNull(this::word))
                .setAuthId(orNull(this::word))
                .setProvider(word())
                .setModel(word())
                .setServiceTier(orNull(this::word))
                .setLabels(labels())
                .setCurrency(orNull(() -> "EUR"))
                .setRequests(random.nextLong())
                .setSuccesses(random.nextLong())
                .setErrors(random.nextInt())
                .setUnpriced(random.nextInt())
                .setDimensions(Stream.of("input", "output", "cached input")
                        .filter(dimension -> random.nextBoolean())
                        .map(dimension -> new DimensionQuantity(dimension, amount()))
                        .toList())
                .setTokens(amount())
                .setCost(amount())
                .setListCost(amount())
                .setLatencyHistogram(some(20, random::nextLong))
                .setVersion(version)
                .build();
    }

    /** The row's next version: what it is of stays. */
    UsageStats next(UsageStats row) {
        return UsageStats.newBuilder(row)
                .setRequests(row.getRequests() + 1)
                .setCost(amount())
                .setTokens(amount())
                .setVersion(row.getVersion() + 1)
                .build();
    }

    private LineItem line(boolean priced) {
        return LineItem.newBuilder()
                .setDimension(word())
                .setUnit("token")
                .setQuantity(amount())
                .setListUnitPrice(orNull(this::amount))
                .setUnitPrice(priced ? amount() : null)
                .setMultiplier(orNull(this::amount))
                .setListMultiplier(orNull(this::amount))
                .setListCost(orNull(this::amount))
                .setCost(priced ? amount() : null)
                .setPriceItem(orNull(this::word))
                .setPriceMatch(orNull(this::word))
                .setTierFrom(orNull(this::amount))
                .build();
    }

    private VendorReading reading() {
        return new VendorReading(
                "openai.chat",
                one(ReadingQuality.COMPLETE, ReadingQuality.PARTIAL, ReadingQuality.SETTLED),
                orNull(this::word),
                orNull(this::amount),
                orNull(this::word));
    }

    /** Up to 38 digits before the point, and up to 40 after it. */
    private ExactDecimal amount() {
        BigInteger unscaled = new BigInteger(random.nextInt(1 + 260), random);
        BigDecimal amount = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(41));
        return exact(amount.remainder(BigDecimal.TEN.pow(38)).toPlainString());
    }

    static ExactDecimal exact(String number) {
        return Decimals.toAvro(Decimal.parse(number));
    }

    private long micros() {
        return Math.floorMod(random.nextLong(), LATEST);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.put(word(), word());
        }
        return labels;
    }

    @SafeVarargs
    private final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private <T> List<T> some(int most, Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            values.add(value.get());
        }
        return values;
    }
}
