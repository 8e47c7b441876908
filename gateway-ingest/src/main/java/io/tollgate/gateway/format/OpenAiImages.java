package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Generated and edited images: by the token where the body has a usage, whose output is all image tokens unless its
 * details say otherwise; by the image, of a quality and size, where it has none.
 */
final class OpenAiImages implements UsageFormat {
    private static final Shape SHAPE =
            Shape.of("id", "model", "service_tier", "usage", "size", "quality").with("data", Shape.of());

    @Override
    public String name() {
        return "openai.images";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        JsonNode usage = Counts.at(body, "usage");
        if (ModalTokens.isIn(usage)) {
            return ModalTokens.read(usage, "output_image", tally);
        }
        JsonNode data = Counts.at(body, "data");
        if (!data.isArray()) {
            return tally.missing("the body has neither a usage nor data");
        }
        return tally.add("image", Decimal.of(data.size()))
                .variant(variant(Counts.text(body, "quality"), Counts.text(body, "size")))
                .vendorCost(VendorCost.of(usage))
                .reading();
    }

    /** {@code hd/1024x1792}, or the one of the two that is there. */
    private static @Nullable String variant(@Nullable String quality, @Nullable String size) {
        if (quality == null) {
            return size;
        }
        return size == null ? quality : quality + "/" + size;
    }

    @Override
    public String sample() {
        return """
                {"created":1713833628,"data":[{"b64_json":"iVBO"}],
                 "usage":{"total_tokens":100,"input_tokens":50,"output_tokens":50,
                  "input_tokens_details":{"text_tokens":10,"image_tokens":40}}}""";
    }
}
