package io.tollgate.openapi;

import java.util.List;

/** What every service answers: its document, and Actuator's health and metrics. */
final class Everywhere {
    private static final String ACTUATOR_JSON = "application/vnd.spring-boot.actuator.v3+json";
    private static final Shape OBJECT = Shape.json("{\"type\":\"object\"}");
    private static final Shape HEALTH = Shape.json(
            """
            {"type":"object","required":["status"],"properties":{
              "status":{"enum":["UP","DOWN","OUT_OF_SERVICE","UNKNOWN"]},
              "groups":{"type":"array","items":{"type":"string"}},
              "components":{"type":"object"},"details":{"type":"object"}}}
            """);

    private Everywhere() {}

    static List<Operation> operations() {
        return List.of(
                Operation.get(DocumentRoute.PATH, "This document")
                        .header("If-None-Match", false, "an ETag")
                        .answers(200, "OpenAPI 3.1", OBJECT)
                        .answers(304, "it is the one of that ETag"),
                Operation.get("/actuator", "Links to what is below").answers(200, "links", ACTUATOR_JSON, OBJECT),
                health("/actuator/health", "How the service and what it needs are"),
                health("/actuator/health/{*path}", "A group or a part of it: liveness, readiness"),
                Operation.get("/actuator/prometheus", "Metrics")
                        .answers(200, "Prometheus's text", "text/plain", Shape.text()));
    }

    private static Operation health(String path, String summary) {
        return Operation.get(path, summary)
                .answers(200, "it is up", ACTUATOR_JSON, HEALTH)
                .answers(503, "it is not, or not ready", ACTUATOR_JSON, HEALTH);
    }
}
