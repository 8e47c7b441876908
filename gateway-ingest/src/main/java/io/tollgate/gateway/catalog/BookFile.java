package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import io.tollgate.gateway.ingest.Quantities;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One vendor's prices as people write them: a row is what holds under the same conditions ({@code tier}, {@code region},
 * {@code variant}, {@code above} so many tokens of prompt, {@code hours}, {@code from} a date), by the million tokens, by
 * the piece or as a factor. Numbers are strings; one that is not would have been a double and is refused.
 */
final class BookFile {
    /** Before every event: whatever is posted for a later time takes the place of an undated price. */
    static final long EARLIEST = Timestamps.parse("1900-01-01T00:00:00Z");

    private static final Decimal MILLIONTH = Decimal.of(1, 6);
    private static final Set<String> ROW = Set.of(
            "tier",
            "region",
            "variant",
            "above",
            "hours",
            "from",
            "speed",
            "source",
            "as_of",
            "per_million",
            "each",
            "times");

    private final String name;
    private final Map<?, ?> file;
    private final List<Price> prices = new ArrayList<>();

    private BookFile(String name, Map<?, ?> file) {
        this.name = name;
        this.file = file;
    }

    /**
     * A price with where it is from.
     *
     * @param source page of the vendor, to check against
     * @param asOf day of the data that it was taken from
     */
    record Price(String provider, String model, PriceItem item, String source, String asOf) {}

    /** @throws IllegalArgumentException that names what is wrong */
    static List<Price> read(String name, InputStream in) {
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        BookFile file = new BookFile(name, map(name, root));
        file.readModels();
        return file.prices;
    }

    private void readModels() {
        map("models", file.get("models")).forEach((model, value) -> {
            Map<?, ?> entry = map(String.valueOf(model), value);
            List<String> names = new ArrayList<>(List.of(String.valueOf(model)));
            if (entry.get("also") instanceof List<?> also) {
                also.forEach(other -> names.add(String.valueOf(other)));
            }
            for (String modelName : names) {
                for (Object row : list(modelName, entry.get("prices"))) {
                    readRow(modelName, entry, map(modelName, row));
                }
            }
        });
    }

    private void readRow(String model, Map<?, ?> entry, Map<?, ?> row) {
        for (Object key : row.keySet()) {
            require(ROW.contains(String.valueOf(key)), model, "there is no " + key + " in a row");
        }
        if (row.get("times") != null) {
            add(model, entry, row, "*token", null, decimal(model, row.get("times")));
            return;
        }
        boolean byMillion = row.get("per_million") != null;
        Map<?, ?> amounts = map(model, byMillion ? row.get("per_million") : row.get("each"));
        amounts.forEach((key, amount) -> {
            String dimension = String.valueOf(key);
            Decimal price = decimal(model, amount);
            String unit = byMillion ? Rate.TOKEN : BookUnits.of(dimension);
            require(unit != null, model, "the unit of " + dimension + " is not known");
            add(model, entry, row, dimension, unit, byMillion ? price.times(MILLIONTH) : price);
        });
    }

    /** @param unit null of a factor */
    private void add(
            String model, Map<?, ?> entry, Map<?, ?> row, String dimension, @Nullable String unit, Decimal amount) {
        boolean isFactor = unit == null;
        String above = text(row, "above");
        String from = text(row, "from");
        String provider = required(file, "provider");
        Map<String, String> when = new LinkedHashMap<>();
        for (String condition : isFactor ? List.of("region", "speed") : List.<String>of()) {
            String value = text(row, condition);
            if (value != null) {
                when.put(condition, value);
            }
        }
        Decimal tierFrom = above == null ? Decimal.ZERO : decimal(model, above);
        String tier = text(row, "tier");
        PriceItem item = new PriceItem(
                "",
                dimension,
                unit,
                isFactor ? null : Decimals.toAvro(amount),
                isFactor ? Decimals.toAvro(amount) : null,
                when,
                isFactor ? null : "USD",
                Decimals.toAvro(tierFrom),
                above != null && Vendors.isTierInclusive(provider),
                "input_tokens",
                isFactor ? "*" : tier == null ? Rate.STANDARD : tier,
                isFactor ? null : text(row, "region"),
                text(row, "variant"),
                text(row, "hours"),
                from == null ? EARLIEST : Timestamps.parse(from),
                null,
                0L,
                null);
        require(item.getEffectiveFrom() != Timestamps.INVALID, model, from + " is no time");
        List<PriceItemRules.Violation> broken = PriceItemRules.check(item);
        require(broken.isEmpty(), model, String.valueOf(broken));
        prices.add(new Price(provider, model, item, origin(row, entry, "source"), origin(row, entry, "as_of")));
    }

    /** The row's own, else the model's, else the file's. */
    private String origin(Map<?, ?> row, Map<?, ?> entry, String key) {
        String own = text(row, key);
        String models = own == null ? text(entry, key) : own;
        return models == null ? required(file, key) : models;
    }

    private Decimal decimal(String model, @Nullable Object value) {
        Decimal number = value instanceof String text ? Quantities.number(text) : null;
        if (number == null) {
            throw new IllegalArgumentException(
                    name + ", " + model + ": " + value + " must be a number between quotation marks");
        }
        return number;
    }

    private String required(Map<?, ?> from, String key) {
        String text = text(from, key);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " has no " + key);
        }
        return text;
    }

    private static @Nullable String text(Map<?, ?> from, String key) {
        Object value = from.get(key);
        return value == null ? null : value.toString();
    }

    private static Map<?, ?> map(String of, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(of + ": " + value + " must be a mapping");
    }

    private static List<?> list(String of, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(of + ": " + value + " must be a list");
    }

    private void require(boolean holds, String model, String objection) {
        if (!holds) {
            throw new IllegalArgumentException(name + ", " + model + ": " + objection);
        }
    }
}
