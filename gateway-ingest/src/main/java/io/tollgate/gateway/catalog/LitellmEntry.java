package io.tollgate.gateway.catalog;

import io.tollgate.gateway.catalog.LitellmDimensions.Dimension;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One model of LiteLLM's catalogue: its keys, then what is known to stand in the wrong place. */
final class LitellmEntry {
    private static final String UPLIFT = "regional_processing_uplift_multiplier_";
    private static final String PER_SECOND_1080P = "output_cost_per_second_1080p";
    private static final Set<String> OPENAI = Set.of("openai", "azure");

    private final ModelPlace place;
    private final JsonNode entry;
    private final String mode;
    private final EntryPrices prices = new EntryPrices();

    LitellmEntry(ModelPlace place, JsonNode entry) {
        this.place = place;
        this.entry = entry;
        this.mode = entry.path("mode").asString("");
    }

    EntryPrices read() {
        for (Map.Entry<String, JsonNode> member : entry.properties()) {
            read(member.getKey(), member.getValue());
        }
        settle();
        return prices;
    }

    private void read(String key, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (key) {
            case "search_context_cost_per_query" -> LitellmSearch.read(key, value, entry, place, prices);
            case "tiered_pricing" -> readTiers(key, value);
            case "provider_specific_entry" -> readFactors(value);
            case PER_SECOND_1080P -> {
                Decimal price = price(key, value);
                if (price != null) {
                    prices.add(new Rate(key, "video_second", "second", price, Rate.STANDARD, 0, "1080p"));
                }
            }
            default -> {
                if (key.startsWith(UPLIFT)) {
                    addFactor(key, "region", key.substring(UPLIFT.length()), value);
                } else if (key.contains("cost") || key.contains("pricing") || key.contains("multiplier")) {
                    readPrice(key, value, LitellmKey.of(key));
                }
            }
        }
    }

    private void readPrice(String key, JsonNode value, LitellmKey parsed) {
        if (parsed.base().contains("_dbu_")) {
            prices.remark(Remark.leftOut(key, "other_currency", "units of Databricks are no money"));
            return;
        }
        Dimension dimension = LitellmDimensions.of(parsed.base(), mode, makesImages());
        if (dimension == null) {
            prices.remark(Remark.leftOut(key, "unknown_key", "there is no dimension for it"));
            return;
        }
        Decimal price = price(key, value);
        if (price != null) {
            add(key, dimension, price, parsed.oneHour(), parsed.serviceTier(), parsed.tierFrom());
        }
    }

    private void add(
            String key, Dimension dimension, Decimal price, boolean oneHour, String serviceTier, long tierFrom) {
        Rate rate = new Rate(key, dimension.name(), dimension.unit(), price, serviceTier, tierFrom, null);
        if (!dimension.name().equals("cache_write")) {
            prices.add(rate);
        } else if (oneHour) {
            prices.add(rate.as("cache_write_1h"));
        } else {
            CacheWriteRates.add(rate, place, prices);
        }
    }

    private boolean makesImages() {
        return entry.has("output_cost_per_image") || entry.has("output_cost_per_image_token");
    }

    /** {@code [{"range":[0,32000],"input_cost_per_token":…},…]}: the upper bound is in the lower tier. */
    private void readTiers(String key, JsonNode tiers) {
        for (JsonNode tier : tiers) {
            JsonNode start = tier.path("range").path(0);
            Decimal from = Numbers.of(start);
            if (from == null || from.scale() > 0 || !from.fitsLong()) {
                prices.remark(Remark.leftOut(key, "unknown_tier", "a tier is by something else than tokens: " + tier));
                continue;
            }
            for (Map.Entry<String, JsonNode> member : tier.properties()) {
                LitellmKey parsed = LitellmKey.of(member.getKey());
                Dimension dimension = LitellmDimensions.of(parsed.base(), mode, false);
                Decimal price = Numbers.of(member.getValue());
                if (dimension != null && price != null) {
                    add(key, dimension, price, parsed.oneHour(), parsed.serviceTier(), from.unscaledLong());
                }
            }
        }
    }

    /** {@code {"us":1.1,"fast":6.0}}; other members are no prices. */
    private void readFactors(JsonNode factors) {
        for (Map.Entry<String, JsonNode> factor : factors.properties()) {
            String name = factor.getKey();
            if (factor.getValue().isNumber()) {
                addFactor(
                        "provider_specific_entry/" + name,
                        name.equals("fast") ? "speed" : "region",
                        name,
                        factor.getValue());
            }
        }
    }

    private void addFactor(String key, String condition, String value, JsonNode number) {
        Decimal factor = Numbers.of(number);
        if (factor == null || factor.signum() <= 0) {
            prices.remark(Remark.quarantined(key, "no_number", number + " is no factor"));
        } else if (!factor.equals(Decimal.ONE)) {
            prices.addFactor(Map.of(condition, value), factor);
        }
    }

    private @Nullable Decimal price(String key, JsonNode value) {
        Decimal price = Numbers.of(value);
        if (price == null) {
            prices.remark(Remark.quarantined(key, "no_number", value + " is no price"));
        }
        return price;
    }

    /** One price for each thing, and each in its place. */
    private void settle() {
        List<Rate> settled = new ArrayList<>();
        for (Rate rate : prices.rates()) {
            Rate placed = OPENAI.contains(place.provider()) ? unmistaken(rate) : rate;
            placed = isTokenOfImage(placed) ? tokenOfImage(placed) : placed;
            Rate known = sameThing(placed, settled);
            if (known == null) {
                settled.add(placed);
            } else if (!known.price().equals(placed.price())) {
                prices.remark(Remark.quarantined(
                        placed.key(), "ambiguous", placed.price() + " is not " + known.key() + ", " + known.price()));
            }
        }
        prices.replace(settled);
    }

    private static @Nullable Rate sameThing(Rate rate, List<Rate> among) {
        for (Rate other : among) {
            if (other.dimension().equals(rate.dimension())
                    && other.isBeside(rate)
                    && Objects.equals(other.variant(), rate.variant())) {
                return other;
            }
        }
        return null;
    }

    /** OpenAI sells no write to its cache below the price of input: such a price is that of a read. */
    private Rate unmistaken(Rate rate) {
        String fresh = rate.dimension().equals("cache_write_audio") ? "input_audio" : "input";
        boolean isWrite =
                rate.dimension().equals("cache_write") || rate.dimension().equals("cache_write_audio");
        if (!isWrite) {
            return rate;
        }
        for (Rate input : prices.rates()) {
            if (input.dimension().equals(fresh)
                    && input.isBeside(rate)
                    && rate.price().compareTo(input.price()) < 0) {
                String read = rate.dimension().replace("write", "read");
                prices.remark(Remark.mapped(
                        rate.key(), rate.price() + " is below " + input.key() + ", " + input.price() + ": " + read));
                return rate.as(read);
            }
        }
        return rate;
    }

    /** A picture for less than a fiftieth of a cent is a token of one, but where pictures are embedded. */
    private boolean isTokenOfImage(Rate rate) {
        boolean isImage = rate.dimension().equals("image") || rate.dimension().equals("image_in");
        boolean isChat = mode.equals("chat") || mode.equals("realtime") || mode.equals("responses");
        return isImage && isChat && rate.price().compareTo(Decimal.of(2, 4)) < 0;
    }

    private Rate tokenOfImage(Rate rate) {
        String dimension = rate.dimension().equals("image") ? "output_image" : "input_image";
        prices.remark(Remark.mapped(rate.key(), rate.price() + " is the price of a token: " + dimension));
        return new Rate(
                rate.key(), dimension, Rate.TOKEN, rate.price(), rate.serviceTier(), rate.tierFrom(), rate.variant());
    }
}
