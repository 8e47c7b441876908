package io.tollgate.gateway.catalog;

import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The prices of one model of genai-prices: one version, or several under conditions, of which a date begins a version and
 * a time of day narrows one.
 */
final class GenaiEntry {
    private static final String MILLION = "_mtok";
    private static final String THOUSAND = "_kcount";
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)(?::00)?(?:Z|\\+00:00)");

    private static final Map<String, String> TOKENS = Map.ofEntries(
            Map.entry("input", "input"),
            Map.entry("output", "output"),
            Map.entry("cache_read", "cache_read"),
            Map.entry("cache_write", "cache_write"),
            Map.entry("cache_write_1h", "cache_write_1h"),
            Map.entry("input_audio", "input_audio"),
            Map.entry("output_audio", "output_audio"),
            Map.entry("cache_audio_read", "cache_read_audio"),
            Map.entry("input_image", "input_image"),
            Map.entry("output_image", "output_image"),
            Map.entry("cache_image_read", "cache_read_image"),
            Map.entry("input_video", "input_video"),
            Map.entry("output_video", "output_video"),
            Map.entry("output_reasoning", "reasoning"),
            Map.entry("output_citation", "citation"));

    private final ModelPlace place;
    private final List<JsonNode> versions;

    GenaiEntry(ModelPlace place, JsonNode prices) {
        this.place = place;
        this.versions = prices.isArray()
                ? List.copyOf(prices.values())
                : List.of(JsonNodeFactory.instance.objectNode().set("prices", prices));
    }

    Verdict verdict(String entry) {
        Set<Remark> remarks = new LinkedHashSet<>();
        List<CataloguePrice> taken = new ArrayList<>();
        Verdict.Skipped nothing = null;
        for (int i = 0; i < versions.size(); i++) {
            EntryPrices prices = read(versions.get(i).path("prices"));
            nothing = prices.nothing(entry, place.provider());
            String unitError = Sanity.unitError(prices.rates());
            if (unitError != null) {
                return new Verdict.Quarantined(entry, place.provider(), "unit_error", unitError);
            }
            JsonNode constraint = versions.get(i).path("constraint");
            Long from = date(constraint);
            String window = window(constraint);
            if (constraint.isObject() && from == null && window == null) {
                remarks.add(Remark.leftOut("constraint", "unknown_constraint", constraint.toString()));
            } else {
                taken.addAll(prices.prices(place, window, from, nextDate(i)));
            }
            remarks.addAll(prices.remarks());
        }
        if (taken.isEmpty()) {
            return nothing == null
                    ? new Verdict.Skipped(entry, place.provider(), "no_price", "it has no price")
                    : nothing;
        }
        return new Verdict.Taken(entry, place.provider(), taken, List.copyOf(remarks));
    }

    private EntryPrices read(JsonNode version) {
        EntryPrices prices = new EntryPrices();
        for (Map.Entry<String, JsonNode> member : version.properties()) {
            String key = member.getKey();
            String name = key.endsWith(MILLION) ? TOKENS.get(key.substring(0, key.length() - MILLION.length())) : null;
            if (name != null) {
                readTokens(key, name, member.getValue(), prices);
            } else if (key.endsWith(THOUSAND)) {
                readCount(key, member.getValue(), prices);
            } else {
                prices.remark(Remark.leftOut(key, "unknown_key", "there is no dimension for it"));
            }
        }
        return prices;
    }

    private void readTokens(String key, String dimension, JsonNode value, EntryPrices prices) {
        add(key, dimension, value.isObject() ? value.path("base") : value, 0, prices);
        for (JsonNode tier : value.path("tiers")) {
            Decimal start = Numbers.of(tier.path("start"));
            if (start != null && start.scale() == 0 && start.fitsLong()) {
                add(key, dimension, tier.path("price"), start.unscaledLong(), prices);
            } else {
                prices.remark(Remark.leftOut(key, "unknown_tier", tier.toString()));
            }
        }
    }

    private void add(String key, String dimension, JsonNode value, long tierFrom, EntryPrices prices) {
        Decimal perMillion = Numbers.of(value);
        if (perMillion == null) {
            prices.remark(Remark.quarantined(key, "no_number", value + " is no price"));
            return;
        }
        Rate rate =
                new Rate(key, dimension, Rate.TOKEN, perMillion.times(Decimal.of(1, 6)), Rate.STANDARD, tierFrom, null);
        if (dimension.equals("cache_write")) {
            CacheWriteRates.add(rate, place, prices);
        } else {
            prices.add(rate);
        }
    }

    private void readCount(String key, JsonNode value, EntryPrices prices) {
        Decimal perThousand = Numbers.of(value);
        String dimension =
                switch (key) {
                    case "web_searches_kcount" ->
                        place.provider().equals("perplexity") ? "search_query" : "web_search_call";
                    case "requests_kcount" -> "request";
                    default -> null;
                };
        if (dimension == null || perThousand == null) {
            prices.remark(Remark.leftOut(key, "unknown_key", "there is no dimension for it"));
        } else {
            String unit = dimension.equals("request") ? "request" : "query";
            prices.add(new Rate(key, dimension, unit, perThousand.times(Decimal.of(1, 3)), Rate.STANDARD, 0, null));
        }
    }

    private @Nullable Long nextDate(int index) {
        for (int i = index + 1; i < versions.size(); i++) {
            Long date = date(versions.get(i).path("constraint"));
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    private static @Nullable Long date(JsonNode constraint) {
        String date = constraint.path("start_date").asString("");
        long micros = date.isEmpty() ? Timestamps.INVALID : Timestamps.parse(date + "T00:00:00Z");
        return micros == Timestamps.INVALID ? null : Long.valueOf(micros);
    }

    private static @Nullable String window(JsonNode constraint) {
        Matcher start = TIME.matcher(constraint.path("start_time").asString(""));
        Matcher end = TIME.matcher(constraint.path("end_time").asString(""));
        return start.matches() && end.matches()
                ? start.group(1) + ":" + start.group(2) + "-" + end.group(1) + ":" + end.group(2)
                : null;
    }
}
