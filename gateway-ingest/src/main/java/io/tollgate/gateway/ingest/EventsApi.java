package io.tollgate.gateway.ingest;

import io.tollgate.openapi.Access;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.schemas.submission.RejectionCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How events come in, for the OpenAPI document. */
public final class EventsApi {
    private static final Access SENDERS = Access.key("ingest", "correct");
    private static final String JSON = "application/json";

    static final Shape USAGE = Shape.named(
            "Usage",
            """
            {"type":"object","description":"what was used; members that are not known are passed over",
             "required":["provider","model","dimensions"],
             "properties":{
               "provider":{"type":"string"},"model":{"type":"string"},
               "dimensions":{"type":"object","description":"quantities by dimension, exact",
                 "additionalProperties":{"type":["string","number"]}},
               "operation":{"type":["string","null"]},"request_id":{"type":["string","null"]},
               "service_tier":{"type":["string","null"]},"region":{"type":["string","null"]},
               "variant":{"type":["string","null"]},
               "status":{"type":["integer","null"],"description":"of the vendor's answer"},
               "latency_ms":{"type":["integer","null"]},
               "billable":{"type":["boolean","null"],"description":"false costs nothing"},
               "reservation":{"type":["string","null"],"description":"the admission that this settles"},
               "labels":{"type":["object","null"],"additionalProperties":{"type":"string"}}}}
            """);

    private static final Shape EVENT = Shape.named(
            "Event",
            """
            {"type":"object","description":"CloudEvents 1.0; its identity is the company, `source` and `id`",
             "required":["specversion","id","source","type"],
             "properties":{
               "specversion":{"const":"1.0"},"id":{"type":"string"},"source":{"type":"string"},
               "type":{"type":"string","description":"`tollgate.usage.v1`, `.response.v1`, `.void.v1`, `.amend.v1`, or a mapped one"},
               "subject":{"type":["string","null"],"description":"the user; a key that has one of its own wins"},
               "time":{"type":["string","null"],"description":"RFC 3339; now where it is absent"},
               "data":{}},
             "allOf":[
               {"if":{"properties":{"type":{"const":"tollgate.usage.v1"}}},
                "then":{"required":["data"],"properties":{"data":{"$ref":"#/components/schemas/Usage"}}}},
               {"if":{"properties":{"type":{"const":"tollgate.response.v1"}}},
                "then":{"required":["data"],"properties":{"data":{"type":"object","required":["format"],
                  "properties":{"format":{"type":"string"},"response":{},"chunks":{"type":"array"}}}}}},
               {"if":{"properties":{"type":{"const":"tollgate.void.v1"}}},
                "then":{"required":["data"],"properties":{"data":{"type":"object","required":["source","id"],
                  "properties":{"source":{"type":"string"},"id":{"type":"string"},"reason":{"type":["string","null"]}}}}}},
               {"if":{"properties":{"type":{"const":"tollgate.amend.v1"}}},
                "then":{"required":["data"],"properties":{"data":{"type":"object","required":["source","id","revision","data"],
                  "properties":{"source":{"type":"string"},"id":{"type":"string"},
                    "revision":{"type":"integer","minimum":2,"description":"the original is 1"},
                    "data":{"type":"object"},"reason":{"type":["string","null"]}}}}}}]}
            """,
            USAGE);

    private static final Shape EVENTS =
            Shape.json("{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Event\"}}");

    private static final String EXAMPLE =
            """
            {"specversion":"1.0","id":"req-1","source":"search-service","type":"tollgate.usage.v1","subject":"user-42",
             "data":{"provider":"anthropic","model":"claude-sonnet-4-5","operation":"chat",
               "dimensions":{"input":1200,"cache_read":"800","output":300},"status":200,"latency_ms":812,
               "labels":{"team":"search"}}}
            """;

    private static final String BODY =
            """
            {"type":"object","required":["accepted","rejected","results"],"additionalProperties":false,"properties":{
              "accepted":{"type":"integer"},"rejected":{"type":"integer"},"results":{"type":"array","items":%s}}}
            """;

    private static final String RESULT =
            """
            {"type":"object","required":["index","verdict"],"additionalProperties":false,"properties":{
              "index":{"type":"integer"},"id":{"type":"string"},"verdict":{"enum":["accepted","rejected"]},
              "code":{"type":"string"},"detail":{"type":"string"},"pointer":{"type":"string"}}}
            """;

    private EventsApi() {}

    public static List<Operation> operations() {
        return List.of(
                events("/v1/events", "Send events"),
                events("/api/v1/events", "Send events, at the address of OpenMeter's clients"),
                sent(Operation.post("/v1/vendor/{format}", "Send a vendor's response body as it is"))
                        .header("Idempotency-Key", false, "names the event; this or x-event-id is required")
                        .header("x-event-id", false, "names the event")
                        .header("x-event-source", false, "the key's id where it is absent")
                        .header("x-provider", false, "")
                        .header("x-model", false, "")
                        .header("x-user", false, "")
                        .header("x-region", false, "")
                        .header("x-service-tier", false, "")
                        .header("x-variant", false, "")
                        .header("x-reservation", false, "the admission that this settles")
                        .header("x-status", false, "of the vendor's answer")
                        .header("x-latency-ms", false, "")
                        .header("x-labels", false, "team=search,env=prod")
                        .header("x-event-time", false, "RFC 3339")
                        .takes(
                                Shape.json("{}"),
                                """
                                {"id":"chatcmpl-1","model":"gpt-4o",
                                 "usage":{"prompt_tokens":1200,"completion_tokens":300,"total_tokens":1500}}
                                """)
                        .takes("text/event-stream", Shape.text(), null)
                        .refuses(400, "missing_event_id")
                        .refuses(404, "unknown_format"),
                Operation.get("/v1/vendor", "The vendors' formats, with a sample of each")
                        .answers(200, "all of them", Shape.page(FormatList.Item.class)),
                sent(Operation.post("/v1/litellm", "Send LiteLLM's log of calls"))
                        .header("x-event-source", false, "the key's id where it is absent")
                        .takes(
                                Shape.json("{\"type\":[\"array\",\"object\"]}"),
                                """
                                [{"id":"chatcmpl-0123456789abcdef","status":"success","call_type":"acompletion",
                                  "custom_llm_provider":"openai","model":"gpt-4o",
                                  "prompt_tokens":1200,"completion_tokens":300,"total_tokens":1500}]
                                """)
                        .takes("application/x-ndjson", Shape.text(), null));
    }

    private static Operation events(String path, String summary) {
        return sent(Operation.post(path, summary))
                .takes("application/cloudevents+json", EVENT, EXAMPLE)
                .takes("application/cloudevents-batch+json", EVENTS, "[" + EXAMPLE + "]")
                .takes(
                        JSON,
                        Shape.json("{\"anyOf\":[{\"$ref\":\"#/components/schemas/Event\"},"
                                + "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Event\"}},"
                                + "{\"$ref\":\"#/components/schemas/Usage\"}]}"),
                        EXAMPLE);
    }

    /** What every way in has in common: verdicts, and answers that come after the brokers' ack. */
    private static Operation sent(Operation operation) {
        Shape body = Shape.json(BODY.formatted(RESULT));
        return operation
                .by(SENDERS)
                .header("Prefer", false, "return=representation: 200 with verdicts in place of 204")
                .answers(204, "the brokers have all of it")
                .answers(200, "the brokers have all of it; the verdicts", body)
                .answers(207, "some were rejected, the brokers have the others", body)
                .refuses(400, "unreadable_body", "too_deep")
                .refuses(405, "method_not_allowed")
                .refuses(413, "body_too_large", "too_many_events")
                .refuses(415, "unsupported_media_type", "unsupported_encoding")
                .refuses(
                        422,
                        Stream.concat(
                                        Stream.of("all_rejected"),
                                        Arrays.stream(RejectionCode.values()).map(RejectionCode::word))
                                .distinct()
                                .toArray(String[]::new))
                .refuses(429, "too_many_requests")
                .refuses(503, "not_ready", "not_acknowledged", "busy");
    }
}
