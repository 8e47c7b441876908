package io.tollgate.usageapi.dead;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.dead.DeadLettersBody.Detail;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.Reads;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/dead-letters} and {@code GET /v1/dead-letters/{id}}. A key sees those that name its company. */
@Component
public final class DeadLettersHandler {
    public static final Operation LIST = Reads.of(
                    "/v1/dead-letters",
                    "What could not be read or done, the newest first",
                    DeadLettersQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(DeadLettersBody.class))
            .refuses(400, "invalid_range");

    public static final Operation ONE = Reads.of("/v1/dead-letters/{id}", "A dead letter with its original", Set.of())
            .answers(200, "the original as JSON, or its bytes", Shape.of(DeadLettersBody.Detail.class))
            .refuses(404, "not_found");

    private final Callers callers;
    private final Database database;
    private final Originals originals;

    DeadLettersHandler(Callers callers, Database database, Originals originals) {
        this.callers = callers;
        this.database = database;
        this.originals = originals;
    }

    /** What could not be read or done, without the originals. */
    public Mono<ServerResponse> list(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        DeadLettersQuestion question = DeadLettersQuestion.read(request.queryParams(), caller);
        boolean tellsWho = caller instanceof Caller.Admin;
        return database.inSnapshot(connection -> DeadLettersReader.read(connection, question, tellsWho))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    /** One with its original. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        QueryParameters.of(request.queryParams(), Set.of());
        String company = caller.limitedTo(null);
        DeadLetterId id = DeadLetterId.parse(request.pathVariable("id"));
        if (id == null) {
            throw unknown(request);
        }
        return database.inSnapshot(connection -> {
                    Detail found = DeadLettersReader.read(connection, id, company, originals);
                    if (found == null) {
                        throw unknown(request);
                    }
                    return found;
                })
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    private static Problem unknown(ServerRequest request) {
        return Problem.of(
                HttpStatus.NOT_FOUND,
                "not_found",
                "There is no dead letter " + request.pathVariable("id")
                        + "; an id is like usage.inbox-3-17, as the list shows it.");
    }
}
