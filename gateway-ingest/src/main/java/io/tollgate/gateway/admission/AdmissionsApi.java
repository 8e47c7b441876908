package io.tollgate.gateway.admission;

import io.tollgate.openapi.Access;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import java.util.List;

/** Admissions, for the OpenAPI document. */
public final class AdmissionsApi {
    private static final Access ASKERS = Access.key("admission");

    private static final Shape REQUEST = Shape.named(
            "AdmissionRequest",
            """
            {"type":"object","required":["provider","model"],"additionalProperties":false,"properties":{
               "user":{"type":["string","null"],"description":"a key that has one of its own wins"},
               "provider":{"type":"string"},"model":{"type":"string"},
               "estimate":{"type":["object","null"],"description":"quantities by dimension",
                 "additionalProperties":{"type":["string","number"]}},
               "service_tier":{"type":["string","null"]},"region":{"type":["string","null"]},
               "variant":{"type":["string","null"]},
               "ttl_seconds":{"type":["integer","string","null"],"description":"how long it is held; 600"}}}
            """);

    private AdmissionsApi() {}

    public static List<Operation> operations() {
        return List.of(
                common(Operation.post("/v1/admissions", "May this call go ahead?"))
                        .takes(
                                REQUEST,
                                """
                                {"user":"user-42","provider":"openai","model":"gpt-4o","estimate":{"input":1200,"output":800}}
                                """)
                        .answers(200, "it may: the estimate is held", Shape.of(AdmissionAnswers.Allowed.class))
                        .refuses(400, "unreadable_body")
                        .refuses(403, "key_blocked", "user_blocked", "model_not_allowed", "unpriced_model")
                        .refuses(413, "body_too_large")
                        .refuses(415, "unsupported_media_type", "unsupported_encoding")
                        .refuses(422, "invalid")
                        .refuses(429, "quota_exceeded"),
                common(Operation.get("/v1/admissions/{reservation}", "An open admission"))
                        .answers(200, "it is open", Shape.of(AdmissionAnswers.Open.class))
                        .refuses(404, "not_found"),
                common(Operation.delete("/v1/admissions/{reservation}", "Give an admission back"))
                        .answers(204, "it holds nothing any more")
                        .refuses(404, "not_found"));
    }

    private static Operation common(Operation operation) {
        return operation
                .by(ASKERS)
                .refuses(405, "method_not_allowed")
                .refuses(429, "too_many_requests")
                .refuses(503, "not_ready", "not_acknowledged", "busy");
    }
}
