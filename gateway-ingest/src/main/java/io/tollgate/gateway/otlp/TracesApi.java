package io.tollgate.gateway.otlp;

import io.tollgate.openapi.Access;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;

/** Spans, for the OpenAPI document; what they hold is OpenTelemetry's to say. */
public final class TracesApi {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    private static final Shape RESPONSE = Shape.json(
            """
            {"type":"object","properties":{"partialSuccess":{"type":"object","properties":{
              "rejectedSpans":{"type":"string"},"errorMessage":{"type":"string"}}}}}
            """);

    private static final Shape STATUS = Shape.json(
            """
            {"type":"object","required":["code","message"],"properties":{
              "code":{"type":"integer","description":"of gRPC"},"message":{"type":"string"}}}
            """);

    private TracesApi() {}

    public static Operation operation() {
        Operation traces = Operation.post("/v1/traces", "Send spans by OTLP; those of model calls become events")
                .by(Access.key("ingest"))
                .takes(
                        JSON,
                        Shape.json("{\"type\":\"object\",\"properties\":{\"resourceSpans\":{\"type\":\"array\"}}}"),
                        "{\"resourceSpans\":[]}")
                .takes(PROTOBUF, Shape.text(), null)
                .answers(200, "the brokers have what was taken", JSON, RESPONSE)
                .answers(200, "the brokers have what was taken", PROTOBUF, Shape.text());
        for (int status : new int[] {400, 401, 403, 405, 413, 415, 429, 500, 503}) {
            traces = traces.answers(status, "a google.rpc.Status, as OTLP says", JSON, STATUS)
                    .answers(status, "a google.rpc.Status, as OTLP says", PROTOBUF, Shape.text());
        }
        return traces;
    }
}
