package io.tollgate.usageapi.unpriced;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/unpriced}. */
@Component
public final class UnpricedHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/unpriced", "Which models were used and could not be priced", UnpricedQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(UnpricedBody.class))
            .refuses(400, "invalid_range", "beyond_retention");

    private final Callers callers;
    private final Database database;
    private final Clock clock;
    private final Duration ledgerKept;

    UnpricedHandler(Callers callers, Database database, Clock clock, UsageApiSettings settings) {
        this.callers = callers;
        this.database = database;
        this.clock = clock;
        this.ledgerKept = settings.ledgerKept();
    }

    /** The models that were called and have no price. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        UnpricedQuestion question = UnpricedQuestion.read(request.queryParams(), caller, clock.instant(), ledgerKept);
        return database.inSnapshot(connection -> UnpricedReader.read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }
}
