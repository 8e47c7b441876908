package io.tollgate.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that the tests are made of. */
final class Samples {
    /** When everything happens that no test says otherwise about. */
    static final long NOON = micros("2026-03-15T12:00:00Z");

    static final long ALWAYS = micros("2020-01-01T00:00:00Z");

    private Samples() {}

    static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }

    static UsageBuilder usage(String provider, String model) {
        return new UsageBuilder(provider, model);
    }

    /** A usage, as far as the tests say. */
    static final class UsageBuilder {
        private final String provider;
        private final String model;
        private final List<Usage.Counted> dimensions = new ArrayList<>();
        private long time = NOON;
        private boolean timed = true;
        private @Nullable String requestModel;
        private @Nullable String serviceTier;
        private @Nullable String region;
        private @Nullable String speed;
        private @Nullable String user = "ann";
        private @Nullable Integer status;
        private @Nullable Long latency;
        private boolean billable = true;
        private Usage.@Nullable Vendor vendor;

        private UsageBuilder(String provider, String model) {
            this.provider = provider;
            this.model = model;
        }

        UsageBuilder of(String dimension, String quantity) {
            dimensions.add(new Usage.Counted(dimension, amount(quantity)));
            return this;
        }

        UsageBuilder at(String when) {
            time = micros(when);
            return this;
        }

        UsageBuilder untimed() {
            timed = false;
            return this;
        }

        UsageBuilder asked(String name) {
            requestModel = name;
            return this;
        }

        UsageBuilder tier(String name) {
            serviceTier = name;
            return this;
        }

        UsageBuilder in(String where) {
            region = where;
            return this;
        }

        UsageBuilder fast() {
            speed = "fast";
            return this;
        }

        UsageBuilder by(@Nullable String whom) {
            user = whom;
            return this;
        }

        UsageBuilder status(int code) {
            status = code;
            return this;
        }

        UsageBuilder took(long millis) {
            latency = millis;
            return this;
        }

        UsageBuilder free() {
            billable = false;
            return this;
        }

        UsageBuilder read(String quality) {
            vendor = new Usage.Vendor("openai.chat", quality, null, null, "{}");
            return this;
        }

        Usage build() {
            return new Usage(
                    time,
                    timed,
                    provider,
                    model,
                    requestModel,
                    null,
                    null,
                    serviceTier,
                    region,
                    null,
                    speed,
                    user,
                    null,
                    status,
                    latency,
                    billable,
                    Map.of("team", "search"),
                    List.copyOf(dimensions),
                    vendor,
                    null);
        }
    }

    /** An item as the shipped ones are: standard tier, USD, for always. */
    static Item price(String dimension, String unitPrice) {
        return new Item(dimension, amount(unitPrice), null);
    }

    static Item factor(String dimension, String multiplier) {
        return new Item(dimension, null, amount(multiplier));
    }

    static final class Item {
        private final String dimension;
        private final @Nullable BigDecimal unitPrice;
        private final @Nullable BigDecimal multiplier;
        private String currency = "USD";
        private String tier = "standard";
        private @Nullable String region;
        private @Nullable String window;
        private Map<String, String> when = Map.of();
        private String from = "0";
        private boolean inclusive;
        private long begins = ALWAYS;
        private @Nullable Long ends;
        private @Nullable String unit;

        private Item(String dimension, @Nullable BigDecimal unitPrice, @Nullable BigDecimal multiplier) {
            this.dimension = dimension;
            this.unitPrice = unitPrice;
            this.multiplier = multiplier;
        }

        Item currency(String code) {
            currency = code;
            return this;
        }

        Item tier(String name) {
            tier = name;
            return this;
        }

        Item in(String where) {
            region = where;
            return this;
        }

        Item daily(String utc) {
            window = utc;
            return this;
        }

        Item when(String attribute, String value) {
            when = Map.of(attribute, value);
            return this;
        }

        Item above(String context) {
            from = context;
            return this;
        }

        Item from(String context) {
            inclusive = true;
            return above(context);
        }

        Item since(String time) {
            begins = micros(time);
            return this;
        }

        Item until(String time) {
            ends = micros(time);
            return this;
        }

        Item unit(String word) {
            unit = word;
            return this;
        }

        private Timeline.Item build() {
            Timeline.Kind kind = multiplier == null ? Timeline.Kind.PRICE : Timeline.Kind.MULTIPLIER;
            return new Timeline.Item(
                    dimension + "@" + begins,
                    new Timeline.Place(kind, dimension, tier, region, null, window, when),
                    unit,
                    unitPrice,
                    multiplier,
                    multiplier == null ? currency : null,
                    amount(from),
                    inclusive,
                    "input_tokens",
                    begins,
                    ends,
                    null,
                    null);
        }
    }

    /** A book whose changes all were there long before anything else. */
    static final class Book {
        private final PriceHistory history = new PriceHistory();
        private int version;

        Book list(String provider, String model, Item... items) {
            return own(null, provider, model, items);
        }

        Book own(@Nullable String company, String provider, String model, Item... items) {
            return later(ALWAYS, company, provider, model, items);
        }

        /** A change that came in at a time, epoch µs; {@code items} are all of the timeline. */
        Book later(long time, @Nullable String company, String provider, String model, Item... items) {
            List<Timeline.Item> built = List.of(items).stream().map(Item::build).toList();
            return put(time, company, provider, model, built);
        }

        Book alias(String provider, String model, String otherProvider, String otherModel) {
            Timeline.Item alias = new Timeline.Item(
                    "alias",
                    new Timeline.Place(Timeline.Kind.ALIAS, "*", "standard", null, null, null, Map.of()),
                    null,
                    null,
                    null,
                    null,
                    BigDecimal.ZERO,
                    false,
                    "input_tokens",
                    ALWAYS,
                    null,
                    otherProvider,
                    otherModel);
            return put(ALWAYS, null, provider, model, List.of(alias));
        }

        private Book put(
                long time, @Nullable String company, String provider, String model, List<Timeline.Item> items) {
            version++;
            history.add(
                    new PriceHistory.Name(company, provider, model),
                    new Timeline(provider + " " + model, version, items),
                    time);
            return this;
        }

        PriceHistory build() {
            return history;
        }

        Rating rate(Usage usage) {
            return Pricing.rate(history, history.end(), "acme", usage);
        }
    }

    static Submission submission(String kind, int offset, long appendedAt, int revision, @Nullable Usage usage) {
        return new Submission(
                new Position(1, offset),
                appendedAt,
                "acme",
                kind,
                "search",
                "req-1",
                usage == null ? 0 : usage.saidAtMost().hashCode(),
                revision,
                null,
                null,
                kind.equals("usage") ? null : "because",
                "key-1",
                usage,
                null);
    }
}
