package io.tollgate.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** All price items of one company, provider and model, as they were after one change. */
final class Timeline {
    private final String name;
    private final long version;
    private final List<Item> items;
    private final Map<Kind, Map<Place, List<Item>>> ladders = new EnumMap<>(Kind.class);
    private final @Nullable String currency;

    Timeline(String name, long version, List<Item> items) {
        this.name = name;
        this.version = version;
        this.items = items;
        for (Kind kind : Kind.values()) {
            ladders.put(kind, new HashMap<>());
        }
        items.forEach(item -> ladders(item.place().kind())
                .computeIfAbsent(item.place(), place -> new ArrayList<>())
                .add(item));
        this.currency = onlyCurrency(items);
    }

    enum Kind {
        PRICE,
        MULTIPLIER,
        ALIAS
    }

    /** Where an item stands: items with the same place differ in date and context tier only. */
    record Place(
            Kind kind,
            String dimension,
            String serviceTier,
            @Nullable String region,
            @Nullable String variant,
            @Nullable String timeWindow,
            Map<String, String> when) {}

    record Item(
            String id,
            Place place,
            @Nullable String unit,
            @Nullable BigDecimal unitPrice,
            @Nullable BigDecimal multiplier,
            @Nullable String currency,
            BigDecimal tierFrom,
            boolean tierInclusive,
            String tierBasis,
            long from,
            @Nullable Long to,
            @Nullable String aliasProvider,
            @Nullable String aliasModel) {

        static Item of(GenericRecord record) {
            Object alias = Fields.valueOrNull(record, "alias_of");
            BigDecimal multiplier = Amount.orNull(record.get("multiplier"));
            Kind kind = alias != null ? Kind.ALIAS : multiplier != null ? Kind.MULTIPLIER : Kind.PRICE;
            return new Item(
                    Fields.text(record, "id"),
                    new Place(
                            kind,
                            Fields.text(record, "dimension"),
                            Fields.text(record, "service_tier"),
                            Fields.textOrNull(record, "region"),
                            Fields.textOrNull(record, "variant"),
                            Fields.textOrNull(record, "time_window_utc"),
                            Fields.map(record, "when")),
                    Fields.textOrNull(record, "unit"),
                    Amount.orNull(record.get("unit_price")),
                    multiplier,
                    Fields.textOrNull(record, "currency"),
                    Amount.of(Fields.record(record, "tier_from")),
                    (Boolean) record.get("tier_inclusive"),
                    Fields.text(record, "tier_basis"),
                    Fields.number(record, "effective_from"),
                    (Long) record.get("effective_to"),
                    alias == null ? null : Fields.text((GenericRecord) alias, "provider"),
                    alias == null ? null : Fields.text((GenericRecord) alias, "model"));
        }

        /** Whether the context tier is the event's: once the basis is above it, or at it where it says so. */
        private boolean isReachedBy(Usage usage) {
            if (tierFrom.signum() == 0) {
                return true;
            }
            int compared = basis(usage).compareTo(tierFrom);
            return tierInclusive ? compared >= 0 : compared > 0;
        }

        private BigDecimal basis(Usage usage) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Usage.Counted counted : usage.dimensions()) {
                boolean counts = tierBasis.equals("input_tokens")
                        ? Units.isPrompt(counted.dimension())
                        : tierBasis.equals(counted.dimension());
                sum = counts ? sum.add(counted.quantity()) : sum;
            }
            return sum;
        }
    }

    static Timeline of(GenericRecord record) {
        return new Timeline(
                Fields.text(record, "provider") + " " + Fields.text(record, "model"),
                Fields.number(record, "version"),
                Fields.records(record, "items").stream().map(Item::of).toList());
    }

    /** Of the whole book, at this timeline's change. */
    long version() {
        return version;
    }

    List<Item> items() {
        return items;
    }

    /** Whether a price has begun by then; it may have ended. */
    boolean hasPriceSince(long time) {
        return items.stream().anyMatch(item -> item.place().kind() == Kind.PRICE && item.from() <= time);
    }

    /** The price of a dimension for this usage: of the places that fit, the one that names most of the event. */
    @Nullable
    Item price(String dimension, Usage usage) {
        Item best = null;
        int bestFit = -1;
        boolean tie = false;
        for (Map.Entry<Place, List<Item>> ladder : ladders(Kind.PRICE).entrySet()) {
            Place place = ladder.getKey();
            int fit = place.dimension().equals(dimension) ? fit(place, usage) : -1;
            Item item = fit < 0 || fit < bestFit ? null : inForce(ladder.getValue(), usage);
            if (item != null) {
                tie = fit == bestFit;
                best = item;
                bestFit = fit;
            }
        }
        if (tie) {
            throw new NotUnderstoodException("two prices of " + name + " " + dimension + " fit one event equally well");
        }
        return best;
    }

    /** The factors of the multipliers that apply to a dimension, as a product; null where there is none. */
    @Nullable
    BigDecimal factor(String dimension, String unit, Usage usage) {
        BigDecimal product = null;
        for (Map.Entry<Place, List<Item>> ladder : ladders(Kind.MULTIPLIER).entrySet()) {
            String on = ladder.getKey().dimension();
            boolean covered =
                    on.equals("*") || (on.equals("*token") && unit.equals(Units.TOKEN)) || on.equals(dimension);
            Item item = covered && holds(ladder.getKey().when(), usage) ? inForce(ladder.getValue(), usage) : null;
            if (item != null) {
                BigDecimal factor = Objects.requireNonNull(item.multiplier());
                product = product == null ? factor : product.multiply(factor);
            }
        }
        return product;
    }

    /** The item that says whose prices the model has; null where none does. */
    @Nullable
    Item alias(Usage usage) {
        Collection<List<Item>> ladders = ladders(Kind.ALIAS).values();
        if (ladders.size() > 1) {
            throw new NotUnderstoodException("aliases of " + name + " under several conditions");
        }
        return ladders.isEmpty() ? null : inForce(ladders.iterator().next(), usage);
    }

    /** The one currency of all its prices; null where there are several, or none. */
    @Nullable
    String currency() {
        return currency;
    }

    private static @Nullable String onlyCurrency(List<Item> items) {
        List<String> currencies = items.stream()
                .map(Item::currency)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return currencies.size() == 1 ? currencies.get(0) : null;
    }

    private Map<Place, List<Item>> ladders(Kind kind) {
        return ladders.getOrDefault(kind, Map.of());
    }

    /** What began last of a ladder, unless it has ended; of its context tiers the highest that is reached. */
    private static @Nullable Item inForce(List<Item> ladder, Usage usage) {
        long newest = Long.MIN_VALUE;
        for (Item item : ladder) {
            if (item.from() <= usage.time()) {
                newest = Math.max(newest, item.from());
            }
        }
        Item best = null;
        for (Item item : ladder) {
            boolean runs =
                    item.from() == newest && newest <= usage.time() && (item.to() == null || usage.time() < item.to());
            if (runs
                    && item.isReachedBy(usage)
                    && (best == null || item.tierFrom().compareTo(best.tierFrom()) > 0)) {
                best = item;
            }
        }
        return best;
    }

    private static int fit(Place place, Usage usage) {
        int fit = 0;
        if (place.serviceTier().equals(usage.tier())) {
            fit += 8;
        } else if (!place.serviceTier().equals("*")) {
            return -1;
        }
        if (place.variant() != null) {
            if (!place.variant().equals(usage.variant())) {
                return -1;
            }
            fit += 4;
        }
        if (place.region() != null) {
            if (!place.region().equals(usage.region())) {
                return -1;
            }
            fit += 2;
        }
        if (place.timeWindow() != null) {
            if (!isWithin(place.timeWindow(), usage.time())) {
                return -1;
            }
            fit += 1;
        }
        return fit;
    }

    /** Start included, end not, around midnight where the end is not after the start. */
    private static boolean isWithin(String timeWindow, long time) {
        LocalTime at = Instant.EPOCH
                .plus(time, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .toLocalTime();
        String[] bounds = timeWindow.split("-", 2);
        LocalTime start = LocalTime.parse(bounds[0]);
        LocalTime end = LocalTime.parse(bounds[1]);
        boolean started = !at.isBefore(start);
        boolean open = at.isBefore(end);
        return start.isBefore(end) ? started && open : started || open;
    }

    private static boolean holds(Map<String, String> when, Usage usage) {
        return when.entrySet().stream().allMatch(asked -> asked.getValue().equals(attribute(asked.getKey(), usage)));
    }

    private static @Nullable String attribute(String name, Usage usage) {
        return switch (name) {
            case "region" -> usage.region();
            case "service_tier" -> usage.tier();
            case "variant" -> usage.variant();
            case "speed" -> usage.speed();
            case "operation" -> usage.operation();
            default -> throw new NotUnderstoodException("a multiplier that asks for " + name);
        };
    }
}
