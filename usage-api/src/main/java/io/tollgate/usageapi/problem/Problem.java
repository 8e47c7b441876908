package io.tollgate.usageapi.problem;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Why a request is not answered: what a person reads, and a code that a program can tell apart. */
public final class Problem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final long RETRY_SOON = 2;

    private final HttpStatus status;
    private final String code;
    private final String detail;
    private final @Nullable String parameter;
    private final long retryAfter;

    private Problem(HttpStatus status, String code, String detail, @Nullable String parameter, long retryAfter) {
        // No stack trace: it is an answer, not a bug.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.parameter = parameter;
        this.retryAfter = retryAfter;
    }

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, null, 0);
    }

    /** A query parameter that can't be used. */
    public static Problem parameter(String name, String code, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, code, detail, name, 0);
    }

    /** For now: the answer carries {@code Retry-After}. */
    public static Problem unavailable(String code, String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, null, RETRY_SOON);
    }

    /** Not known, as so many before from the same address. */
    static Problem tooManyFailures(String detail, long retryAfter) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, "too_many_failures", detail, null, retryAfter);
    }

    /** Seconds that {@code Retry-After} says; 0: the answer has none. */
    long retryAfter() {
        return retryAfter;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** The query parameter it is about. */
    public @Nullable String parameter() {
        return parameter;
    }
}
