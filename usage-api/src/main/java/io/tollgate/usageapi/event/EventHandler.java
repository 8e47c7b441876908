package io.tollgate.usageapi.event;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.Reads;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/events}. */
@Component
public final class EventHandler {
    private static final Set<String> PARAMETERS = Set.of("source", "id", "company");

    public static final Operation OPERATION = Reads.of(
                    "/v1/events", "One event: its state, its cost and its history", PARAMETERS)
            .answers(200, "the event", Shape.of(EventBody.class))
            .refuses(400, "missing_parameter")
            .refuses(404, "not_found");

    private final Callers callers;
    private final Database database;
    private final EventReader reader;

    EventHandler(Callers callers, Database database, EventReader reader) {
        this.callers = callers;
        this.database = database;
        this.reader = reader;
    }

    /** The event's state, cost and history. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        QueryParameters parameters = QueryParameters.of(request.queryParams(), PARAMETERS);
        String company = caller.limitedTo(parameters.one("company"));
        if (company == null) {
            throw Problem.parameter(
                    "company",
                    "missing_parameter",
                    "Ids are a company's own: with an admin token, say whose event it is.");
        }
        boolean tellsWho = caller instanceof Caller.Admin;
        String source = parameters.required("source");
        String id = parameters.required("id");
        return database.inSnapshot(connection -> {
                    EventRecords records = reader.read(connection, company, source, id, tellsWho);
                    EventState state = EventState.of(records);
                    if (state == null) {
                        throw unknown(company, source, id);
                    }
                    return EventBody.of(company, source, id, state, records);
                })
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    private static Problem unknown(String company, String source, String id) {
        return Problem.of(
                HttpStatus.NOT_FOUND,
                "unknown_event",
                "The books of " + company + " hold no event " + id + " of " + source
                        + ". One that was accepted a moment ago is still on its way: ask again.");
    }
}
