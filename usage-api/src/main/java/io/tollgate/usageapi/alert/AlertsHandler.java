package io.tollgate.usageapi.alert;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/alerts}. */
@Component
public final class AlertsHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/alerts", "Thresholds that were crossed, the newest first", AlertsQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(AlertsBody.class))
            .refuses(400, "invalid_range");

    private final Callers callers;
    private final Database database;

    AlertsHandler(Callers callers, Database database) {
        this.callers = callers;
        this.database = database;
    }

    /** The crossings that were recorded. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        AlertsQuestion question = AlertsQuestion.read(request.queryParams(), caller);
        return database.inSnapshot(connection -> AlertsReader.read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }
}
