package io.tollgate.usageapi.audit;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/audit}, for administrators alone. */
@Component
public final class AuditHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/audit", "Who changed what, the newest first; for administrators", AuditQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(AuditBody.class))
            .refuses(400, "invalid_range")
            .refuses(403, "administrators_only");

    private final Callers callers;
    private final Database database;

    AuditHandler(Callers callers, Database database) {
        this.callers = callers;
        this.database = database;
    }

    /** What was changed, by whom and from where. */
    public Mono<ServerResponse> get(ServerRequest request) {
        callers.identify(request.headers().asHttpHeaders()).requireAdministrator();
        AuditQuestion question = AuditQuestion.read(request.queryParams());
        return database.inSnapshot(connection -> AuditReader.read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }
}
