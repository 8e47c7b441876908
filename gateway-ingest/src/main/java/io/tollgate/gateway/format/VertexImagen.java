package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Imagen on Vertex: billed by the picture, and there is no usage but the pictures themselves. A prediction that was
 * filtered, or that tells of the prompt's safety, has none.
 */
final class VertexImagen implements UsageFormat {
    private static final Shape SHAPE = Shape.of().with("predictions", Shape.of("raiFilteredReason", "contentType"));

    @Override
    public String name() {
        return "vertex.predict.imagen";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode predictions = Counts.at(chunks.isEmpty() ? null : chunks.get(chunks.size() - 1), "predictions");
        if (!predictions.isArray()) {
            return tally.missing("there are no predictions");
        }
        int images = 0;
        for (JsonNode prediction : predictions) {
            if (!Counts.has(prediction, "raiFilteredReason") && !Counts.has(prediction, "contentType")) {
                images++;
            }
        }
        return tally.add("image", Decimal.of(images)).reading();
    }

    @Override
    public String sample() {
        return """
                {"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"iVBORw0"},
                 {"raiFilteredReason":"filtered"}]}""";
    }
}
