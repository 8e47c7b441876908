package io.tollgate.gateway.config;

import io.tollgate.gateway.admin.AdminApi;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import java.util.List;

/** The configuration as a document and its versions, for the OpenAPI document. */
public final class ConfigApi {
    private static final String CONFIG = "/admin/v1/config";
    private static final String VERSIONS = "/admin/v1/versions";
    private static final String DOCUMENT =
            """
            {"type":"object","additionalProperties":false,"properties":{
              "companies":{"$ref":"#/components/schemas/ConfigRecords"},
              "users":{"$ref":"#/components/schemas/ConfigRecords"},
              "keys":{"$ref":"#/components/schemas/ConfigRecords"},
              "webhooks":{"$ref":"#/components/schemas/ConfigRecords"},
              "quotas":{"$ref":"#/components/schemas/ConfigRecords"},
              "alert_rules":{"$ref":"#/components/schemas/ConfigRecords"},
              "admins":{"$ref":"#/components/schemas/ConfigRecords"},
              "prices":{"$ref":"#/components/schemas/ConfigRecords"}}}
            """;

    private ConfigApi() {}

    public static List<Operation> operations() {
        Shape records = Shape.named(
                "ConfigRecords",
                "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"description\":\"as each kind's PUT takes them\"}");
        Shape document = Shape.named("ConfigDocument", DOCUMENT, records);
        Shape outcome = Shape.of(Outcome.class);
        return List.of(
                AdminApi.read(Operation.get(CONFIG, "Everything configured, but no secret; its version is the ETag"))
                        .query("kinds", "names of members, with commas; all where it is absent")
                        .query("prices", "`own`: what administrators posted; `all`; `none`")
                        .answers(200, "a document that can be applied", document)
                        .refuses(400, "invalid_parameter")
                        .refuses(503, "not_acknowledged"),
                AdminApi.changed(Operation.post(CONFIG, "Make the configuration what a document says, all or nothing"))
                        .query("dry_run", "true: says what it would change")
                        .query("prune", "true: also ends what the document lacks, of the kinds that it has")
                        .takes(document, "{\"companies\":[{\"id\":\"acme\",\"name\":\"Acme\",\"currency\":\"USD\"}]}")
                        .answers(200, "what it changes; secrets that it made, this once", outcome)
                        .refuses(400, "invalid_parameter"),
                AdminApi.read(Operation.get(VERSIONS, "Changes of the configuration, the newest first"))
                        .paged(VersionView.class),
                AdminApi.read(Operation.get(VERSIONS + "/{id}", "A version and, by page, what it changed"))
                        .query("limit", "entries of a page, 1 to 1000; 100 where it is not said")
                        .query("cursor", "`next_cursor` of the page before")
                        .answers(200, "the version", Shape.of(VersionView.class))
                        .refuses(400, "invalid_parameter")
                        .refuses(404, "not_found")
                        .refuses(503, "not_acknowledged"),
                AdminApi.changed(Operation.post(VERSIONS + "/{id}/restore", "Go back to a version, as a new one"))
                        .query("dry_run", "true: says what it would change")
                        .answers(200, "what it changes, and what it leaves alone", outcome)
                        .refuses(400, "invalid_parameter")
                        .refuses(404, "not_found")
                        .refuses(409, "too_far_back", "incomplete_audit"));
    }
}
