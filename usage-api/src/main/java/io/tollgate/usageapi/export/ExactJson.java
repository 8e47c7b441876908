package io.tollgate.usageapi.export;

import io.tollgate.schemas.decimal.Decimal;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A column of JSON as it leaves: without spaces, and with numbers as strings, since most readers would round them. */
final class ExactJson {
    /** A sum of products of 38 digits by 24 decimals and multipliers is long, but not this long. */
    private static final int MAX_DIGITS = 4_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(MAX_DIGITS).build())
            .build();

    private ExactJson() {}

    static @Nullable String of(@Nullable String stored) {
        if (stored == null) {
            return null;
        }
        StringWriter text = new StringWriter(stored.length());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), stored);
                JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    generator.writeString(
                            Decimal.of(new BigDecimal(parser.getString())).toString());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        }
        return text.toString();
    }

    /** An object of texts; what is null is left out. */
    static String object(@Nullable String... namesAndValues) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                String value = namesAndValues[i + 1];
                if (value != null) {
                    generator.writeStringProperty(Objects.requireNonNull(namesAndValues[i]), value);
                }
            }
            generator.writeEndObject();
        }
        return text.toString();
    }
}
