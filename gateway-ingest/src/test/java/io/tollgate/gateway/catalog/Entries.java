package io.tollgate.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceItem;
import io.tollgate.gateway.http.Json;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;

/** Entries of catalogues by hand, and their verdicts as text. */
final class Entries {
    private Entries() {}

    /** The verdict on one entry of LiteLLM's catalogue, single quotes for double ones. */
    static Verdict litellm(String key, String members) {
        return Catalogue.LITELLM
                .read(Json.MAPPER.readTree(("{'" + key + "':{" + members + "}}").replace('\'', '"')))
                .get(0);
    }

    /** The verdicts on the models of one provider of genai-prices, single quotes for double ones. */
    static List<Verdict> genai(String provider, String models) {
        return Catalogue.GENAI_PRICES.read(
                Json.MAPPER.readTree(("[{'id':'" + provider + "','models':[" + models + "]}]").replace('\'', '"')));
    }

    static Verdict.Taken taken(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Taken.class);
        return (Verdict.Taken) verdict;
    }

    /** What went in, one text each: {@code openai gpt-4o input token 0.0000025}, then what is special about it. */
    static List<String> prices(Verdict verdict) {
        return taken(verdict).prices().stream().map(Entries::text).toList();
    }

    /** {@code kind code price} of each remark. */
    static List<String> remarks(Verdict verdict) {
        return taken(verdict).remarks().stream()
                .map(remark -> remark.kind() + " " + remark.code() + " " + remark.price())
                .toList();
    }

    private static String text(CataloguePrice price) {
        PriceItem item = price.item();
        List<String> words = new ArrayList<>(List.of(price.provider(), price.model(), item.getDimension()));
        if (item.getMultiplier() == null) {
            words.add(String.valueOf(item.getUnit()));
            words.add(Decimals.fromAvro(item.getUnitPrice()).toString());
        } else {
            words.add("x" + Decimals.fromAvro(item.getMultiplier()) + " " + item.getWhen());
        }
        if (!Decimals.fromAvro(item.getTierFrom()).isZero()) {
            words.add((item.getTierInclusive() ? "from " : "above ") + Decimals.fromAvro(item.getTierFrom()));
        }
        if (!item.getServiceTier().equals("standard") && !item.getServiceTier().equals("*")) {
            words.add(item.getServiceTier());
        }
        if (item.getRegion() != null) {
            words.add("region=" + item.getRegion());
        }
        if (item.getVariant() != null) {
            words.add("variant=" + item.getVariant());
        }
        if (item.getTimeWindowUtc() != null) {
            words.add(item.getTimeWindowUtc());
        }
        return String.join(" ", words);
    }
}
