package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Mistral's OCR: a page is billed either as one that was read or, dearer, as one that was annotated. */
final class MistralOcr implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "usage_info")
            .with("document_annotation", Shape.PRESENCE)
            .with("pages", Shape.of().with("images", Shape.of().with("image_annotation", Shape.PRESENCE)));

    @Override
    public String name() {
        return "mistral.ocr";
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
        Decimal pages = tally.count(body, "usage_info", "pages_processed");
        Decimal annotated = annotated(body, pages, tally);
        if (pages == null && annotated == null) {
            return tally.missing("the body has no usage_info.pages_processed");
        }
        if (annotated == null) {
            return tally.add("page", pages == null ? Decimal.ZERO : pages).reading();
        }
        tally.add("annotated_page", annotated);
        // Azure counts annotated pages in the second number alone, Mistral in both.
        if (pages != null && pages.compareTo(annotated) > 0) {
            tally.add("page", pages.plus(annotated.negated()));
        }
        return tally.reading();
    }

    /** Null where nothing was annotated. Without a number of its own it is every page. */
    private static @Nullable Decimal annotated(JsonNode body, @Nullable Decimal pages, Tally tally) {
        Decimal stated = tally.count(body, "usage_info", "pages_processed_annotation");
        if (stated != null && !stated.isZero()) {
            return stated;
        }
        return isAnnotated(body) ? pages : null;
    }

    private static boolean isAnnotated(JsonNode body) {
        if (Counts.has(body, "document_annotation")) {
            return true;
        }
        for (JsonNode page : Counts.at(body, "pages")) {
            for (JsonNode image : Counts.at(page, "images")) {
                if (Counts.has(image, "image_annotation")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String sample() {
        return """
                {"model":"mistral-ocr-2512","pages":[],"usage_info":{"pages_processed":29,"doc_size_bytes":null}}""";
    }
}
