package io.tollgate.gateway.catalog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A catalogue that can be imported. */
public enum Catalogue {
    /** {@code model_prices_and_context_window.json} of BerriAI/litellm. */
    LITELLM {
        @Override
        List<Verdict> read(JsonNode file) {
            return LitellmCatalogue.read(file);
        }

        @Override
        boolean isReadable(JsonNode file) {
            return file.isObject();
        }
    },
    /** {@code data.json} of pydantic/genai-prices. */
    GENAI_PRICES {
        @Override
        List<Verdict> read(JsonNode file) {
            return GenaiPrices.read(file);
        }

        @Override
        boolean isReadable(JsonNode file) {
            return file.isArray();
        }
    };

    /** A verdict on every entry, in the file's order. */
    abstract List<Verdict> read(JsonNode file);

    /** Whether the file can be of this kind at all. */
    abstract boolean isReadable(JsonNode file);

    /** {@code genai-prices} */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null where there is none of this name. */
    static @Nullable Catalogue named(@Nullable String word) {
        return Stream.of(values())
                .filter(catalogue -> catalogue.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    static String words() {
        return Stream.of(values()).map(Catalogue::word).collect(Collectors.joining(" or "));
    }
}
