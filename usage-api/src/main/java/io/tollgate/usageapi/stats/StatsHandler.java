package io.tollgate.usageapi.stats;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import io.tollgate.usageapi.stats.StatsReader.Detail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/stats}. */
@Component
public final class StatsHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/stats",
                    "Requests, quantities and costs by window and group; `label:NAME=` filters by a label, too",
                    StatsQuestions.parameters())
            .answers(200, "rows", Shape.of(StatsJson.Body.class))
            .answers(200, "rows", "text/csv", Shape.text())
            .refuses(400, "invalid_range", "invalid_timezone", "not_on_window_edge", "beyond_retention")
            .refuses(406, "not_acceptable");

    private static final Set<Detail> ALL = Set.of(Detail.values());

    private final Callers callers;
    private final Database database;
    private final StatsReader reader;
    private final Clock clock;
    private final Duration intradayKept;

    StatsHandler(Callers callers, Database database, StatsReader reader, Clock clock, UsageApiSettings settings) {
        this.callers = callers;
        this.database = database;
        this.reader = reader;
        this.clock = clock;
        this.intradayKept = settings.intradayKept();
    }

    /** Totals by window and group, as JSON or CSV. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        boolean csv = Csv.isWanted(request.headers().accept());
        ReportQuestion question = StatsQuestions.read(request.queryParams(), caller, clock.instant(), intradayKept);
        return database.inSnapshot(connection -> reader.read(connection, question.totals(), ALL))
                .flatMap(answer -> {
                    List<ReportRow> rows = Report.of(question, answer.rows());
                    return csv ? csv(question, rows, answer.asOf()) : json(question, rows, answer.asOf());
                });
    }

    private static Mono<ServerResponse> json(ReportQuestion question, List<ReportRow> rows, Instant asOf) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(StatsJson.of(question, rows, asOf));
    }

    private static Mono<ServerResponse> csv(ReportQuestion question, List<ReportRow> rows, Instant asOf) {
        return ServerResponse.ok()
                .contentType(Csv.UTF_8)
                .header("x-as-of", asOf.toString())
                .bodyValue(StatsCsv.of(question, rows));
    }
}
