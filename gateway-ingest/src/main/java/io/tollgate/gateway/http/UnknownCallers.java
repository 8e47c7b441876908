package io.tollgate.gateway.http;

import io.tollgate.edge.FailedAuthentications;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.netty.http.server.HttpServerRequest;

/** What a refused caller is told: the 401 that it is, or 429 where too many wrong secrets came from its address. */
public final class UnknownCallers {
    private final FailedAuthentications failures;

    public UnknownCallers(FailedAuthentications failures) {
        this.failures = failures;
    }

    public Problem answer(Problem refused, HttpServerRequest request) {
        return isAttempt(refused)
                ? counted(
                        refused,
                        request.remoteAddress(),
                        request.requestHeaders().getAll(FailedAuthentications.FORWARDED_FOR))
                : refused;
    }

    public Problem answer(Problem refused, ServerRequest request) {
        return isAttempt(refused)
                ? counted(
                        refused,
                        request.remoteAddress().orElse(null),
                        request.headers().header(FailedAuthentications.FORWARDED_FOR))
                : refused;
    }

    /** Who sends no secret tries none. */
    private static boolean isAttempt(Problem refused) {
        return refused.status() == 401 && !refused.code().startsWith("missing_");
    }

    private Problem counted(Problem refused, @Nullable SocketAddress peer, List<String> forwardedFor) {
        long retryAfter = failures.retryAfter(peer, forwardedFor);
        return retryAfter == 0
                ? refused
                : Problem.tooManyFailures(FailedAuthentications.explain(refused.detail(), retryAfter), retryAfter);
    }
}
