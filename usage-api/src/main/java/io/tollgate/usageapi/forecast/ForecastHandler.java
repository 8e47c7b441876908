package io.tollgate.usageapi.forecast;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import io.tollgate.usageapi.stats.StatsAnswer;
import io.tollgate.usageapi.stats.StatsQuestion;
import io.tollgate.usageapi.stats.StatsReader;
import io.tollgate.usageapi.stats.StatsRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/forecast}. */
@Component
public final class ForecastHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/forecast",
                    "What the current month, week or day will have cost by its end; `label:NAME=` filters by a label, too",
                    ForecastQuestion.parameters())
            .answers(200, "the forecast, by group and currency", Shape.of(ForecastBody.class))
            .refuses(400, "invalid_timezone", "beyond_retention", "too_many_rows");

    private final Callers callers;
    private final Database database;
    private final StatsReader reader;
    private final Clock clock;
    private final Duration intradayKept;

    ForecastHandler(Callers callers, Database database, StatsReader reader, Clock clock, UsageApiSettings settings) {
        this.callers = callers;
        this.database = database;
        this.reader = reader;
        this.clock = clock;
        this.intradayKept = settings.intradayKept();
    }

    /** Spent so far, and what it comes to. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        ForecastQuestion question = ForecastQuestion.read(request.queryParams(), caller, clock.instant(), intradayKept);
        return database.inSnapshot(connection -> read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    private ForecastBody read(Connection connection, ForecastQuestion question) throws SQLException {
        StatsAnswer days = reader.read(connection, question.days(), Set.of());
        List<List<StatsRow>> rests = new ArrayList<>();
        for (StatsQuestion rest : question.restsOfToday()) {
            rests.add(reader.read(connection, rest, Set.of()).rows());
        }
        return ForecastBody.of(question, days.rows(), rests, days.asOf());
    }
}
