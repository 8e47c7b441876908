package io.tollgate.gateway.catalog;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;

/** Imports, for the OpenAPI document. */
public final class ImportApi {
    private ImportApi() {}

    public static Operation operation() {
        return Operation.post("/admin/v1/prices/import", "Take a catalogue of prices into the book")
                .query("format", "`litellm` or `genai-prices`; required")
                .query("dry_run", "true: says what it would do")
                .query("effective_from", "RFC 3339; now where it is absent")
                .query("providers", "names in the book's words, with commas; every one where it is absent")
                .query("force", "true: also prices that moved too far to be believed")
                .takes(Shape.json("{\"type\":[\"object\",\"array\"]}"), "{}")
                .answers(200, "what it would do, or that nothing is new", Shape.of(ImportReport.class))
                .answers(201, "what it did", Shape.of(ImportReport.class))
                .refuses(400, "invalid_parameter", "unknown_provider", "unreadable_body", "unreadable_catalogue");
    }
}
