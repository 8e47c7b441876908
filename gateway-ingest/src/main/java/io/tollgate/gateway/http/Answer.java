package io.tollgate.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back to the caller; independent of the server that sends it. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Answer(int status, @Nullable String contentType, byte[] body, Map<String, String> headers) {
    private static final byte[] EMPTY = new byte[0];
    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String PROBLEM_TYPE = "urn:tollgate:problem:";

    /** Nothing to say: it is done. */
    public static final Answer NO_CONTENT = new Answer(204, null, EMPTY, Map.of());

    /** A status with a JSON body. */
    public static Answer json(int status, Object body) {
        return new Answer(status, JSON, Json.MAPPER.writeValueAsBytes(body), Map.of());
    }

    public static Answer problem(Problem problem, String requestId) {
        return problem(problem, requestId, Map.of());
    }

    /**
     * A problem, with members of its own kind after the standard ones.
     *
     * @param more members that this kind of problem adds
     */
    public static Answer problem(Problem problem, String requestId, Map<String, ?> more) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("type", PROBLEM_TYPE + problem.code());
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        members.put("code", problem.code());
        members.put("instance", requestId);
        if (!problem.errors().isEmpty()) {
            members.put("errors", problem.errors());
        }
        members.putAll(more);
        Answer answer = new Answer(problem.status(), PROBLEM_JSON, Json.MAPPER.writeValueAsBytes(members), Map.of());
        return switch (problem.status()) {
            case 401 -> answer.with("www-authenticate", "Bearer realm=\"tollgate\"");
            case 429, 503 -> answer.with("retry-after", Long.toString(problem.retryAfter()));
            default -> answer;
        };
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }
}
