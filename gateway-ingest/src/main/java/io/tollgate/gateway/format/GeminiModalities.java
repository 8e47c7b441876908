package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One of Gemini's counts by modality ({@code TEXT}, {@code AUDIO}, …). What the details leave out is text; too much text is
 * not believed, and of too much in several modalities nobody knows which is too much.
 */
final class GeminiModalities {
    private static final String TEXT = "TEXT";

    private final Map<String, Decimal> tokens;

    private GeminiModalities(Map<String, Decimal> tokens) {
        this.tokens = tokens;
    }

    static GeminiModalities of(String what, Decimal whole, JsonNode details, Tally tally) {
        Map<String, Decimal> tokens = new HashMap<>();
        Decimal detailed = Decimal.ZERO;
        for (JsonNode detail : details) {
            String modality = Counts.text(detail, "modality");
            Decimal count = tally.countOrZero(detail, "tokenCount");
            tokens.merge(modality == null ? TEXT : modality.toUpperCase(Locale.ROOT), count, Decimal::plus);
            detailed = detailed.plus(count);
        }
        Decimal rest = whole.plus(detailed.negated());
        if (rest.signum() < 0) {
            String remark = "the details of " + what + " are " + detailed + ", more than its " + whole;
            if (detailed.equals(tokens.getOrDefault(TEXT, Decimal.ZERO))) {
                tally.settled(remark + ": all of it counts as text");
            } else {
                // Which of them are too many decides the price, and nothing says it.
                tally.inconsistent(remark);
            }
            return all(TEXT, whole);
        }
        tokens.merge(TEXT, rest, Decimal::plus);
        return new GeminiModalities(tokens);
    }

    static GeminiModalities all(String modality, Decimal whole) {
        return new GeminiModalities(Map.of(modality, whole));
    }

    Decimal of(String modality) {
        return tokens.getOrDefault(modality, Decimal.ZERO);
    }

    Decimal whole() {
        return tokens.values().stream().reduce(Decimal.ZERO, Decimal::plus);
    }

    /** The whole but for these modalities. */
    Decimal without(String... modalities) {
        Decimal rest = whole();
        for (String modality : modalities) {
            rest = rest.plus(of(modality).negated());
        }
        return rest;
    }
}
