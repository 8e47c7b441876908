package io.tollgate.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as RFC 9457 says it. The {@code code} is stable and for programs, the detail for people:
 * what was wrong, with which value, and what to do.
 *
 * @param retryAfter seconds that {@code Retry-After} says, where the status is one that has it
 */
public record Problem(int status, String code, String title, String detail, List<FieldError> errors, long retryAfter) {
    private static final long RETRY_SOON = 1;

    public Problem(int status, String code, String title, String detail, List<FieldError> errors) {
        this(status, code, title, detail, errors, RETRY_SOON);
    }

    /**
     * One thing that is wrong in a body.
     *
     * @param pointer RFC 6901 pointer to the member
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldError(@Nullable String pointer, String code, String detail) {}

    /** A problem of the whole request. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, List.of());
    }

    /** Can't be read as what it says it is. */
    public static Problem unreadable(String code, String detail) {
        return of(400, code, "The request can't be read", detail);
    }

    /** Larger than this service takes in one request. */
    public static Problem tooLarge(String code, String detail) {
        return of(413, code, "The request is too large", detail);
    }

    /** Well-formed, but not what was asked for; nothing was changed. */
    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).detail()
                : errors.size() + " members are wrong; see errors, nothing was changed";
        return new Problem(422, "invalid", "The request is not valid", detail, errors);
    }

    /** Not now: the client should send the same again. */
    public static Problem unavailable(String code, String detail) {
        return of(503, code, "The service can't take this now", detail);
    }

    /** A bug of ours. */
    public static Problem internal(String requestId) {
        return of(500, "internal_error", "Something is wrong here", "not your fault; the log has " + requestId);
    }

    public static Problem notFound(String detail) {
        return of(404, "not_found", "Not found", detail);
    }

    /** No caller, or one that is not known. */
    public static Problem unauthorized(String code, String detail) {
        return of(401, code, "Who calls is not known", detail);
    }

    /** Not known, as so many before from the same address. */
    public static Problem tooManyFailures(String detail, long retryAfter) {
        return new Problem(429, "too_many_failures", "Too many wrong secrets", detail, List.of(), retryAfter);
    }

    /** A known caller that may not do this. */
    public static Problem forbidden(String code, String detail) {
        return of(403, code, "The key may not do this", detail);
    }
}
