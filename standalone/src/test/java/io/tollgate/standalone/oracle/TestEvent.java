package io.tollgate.standalone.oracle;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A usage event of the tests.
 *
 * @param dimensions quantities as text, in any spelling that JSON allows
 * @param status of the call; null where the client says none
 */
public record TestEvent(
        String company,
        String source,
        String id,
        Instant time,
        String user,
        String provider,
        String model,
        Map<String, String> dimensions,
        @Nullable Integer status,
        long latencyMs,
        String team) {

    /** The CloudEvent, as a client would write it. */
    public String toJson() {
        return """
                {"specversion":"1.0","type":"tollgate.usage.v1","source":"%s","id":"%s","subject":"%s","time":"%s",\
                "data":{"provider":"%s","model":"%s","dimensions":{%s},"latency_ms":%d%s,"labels":{"team":"%s"}}}"""
                .formatted(
                        source,
                        id,
                        user,
                        time,
                        provider,
                        model,
                        counted(),
                        latencyMs,
                        status == null ? "" : ",\"status\":" + status,
                        team);
    }

    /** The same with other quantities. */
    public TestEvent withDimensions(Map<String, String> others) {
        return new TestEvent(company, source, id, time, user, provider, model, others, status, latencyMs, team);
    }

    /** The CloudEvent that says this one's quantities of an event which was sent with others. */
    public String amendJson() {
        return """
                {"specversion":"1.0","type":"tollgate.amend.v1","source":"test-desk","id":"amend-%s",\
                "data":{"source":"%s","id":"%s","revision":2,"reason":"it was miscounted",\
                "data":{"provider":"%s","model":"%s","dimensions":{%s}}}}"""
                .formatted(id, source, id, provider, model, counted());
    }

    /** The CloudEvent that voids this one. */
    public String voidJson() {
        return """
                {"specversion":"1.0","type":"tollgate.void.v1","source":"test-desk","id":"void-%s",\
                "data":{"source":"%s","id":"%s","reason":"it never happened"}}"""
                .formatted(id, source, id);
    }

    private String counted() {
        return dimensions.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    boolean failed() {
        return status != null && status >= 400;
    }
}
