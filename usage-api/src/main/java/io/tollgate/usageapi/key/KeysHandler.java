package io.tollgate.usageapi.key;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/keys}. */
@Component
public final class KeysHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/keys", "Keys, whether they are in force and when they were last used", KeysQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(KeysBody.class));

    private final Callers callers;
    private final Database database;

    KeysHandler(Callers callers, Database database) {
        this.callers = callers;
        this.database = database;
    }

    /** Keys, whether they are in force, and when they were last used. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        KeysQuestion question = KeysQuestion.read(request.queryParams(), caller);
        return database.inSnapshot(connection -> KeysReader.read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }
}
