package io.tollgate.usageapi.meter;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import io.tollgate.usageapi.stats.Csv;
import io.tollgate.usageapi.stats.StatsReader;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /api/v1/meters}. */
@Component
public final class MetersHandler {
    private static final String ROW =
            """
            {"type":"object","required":["value","value_exact","windowStart","windowEnd","subject","groupBy"],
             "properties":{"value":{"type":"number"},"value_exact":{"type":"string"},
              "windowStart":{"type":"string"},"windowEnd":{"type":"string"},
              "subject":{"type":["string","null"]},"customerId":{"type":["string","null"]},
              "groupBy":{"type":"object","additionalProperties":{"type":["string","null"]}}}}
            """;
    private static final String METER =
            """
            {"type":"array","items":{"type":"object",
             "required":["id","slug","name","aggregation","eventType","groupBy","createdAt","updatedAt"],
             "additionalProperties":{"type":"string"},
             "properties":{"groupBy":{"type":"object","additionalProperties":{"type":"string"}}}}}
            """;

    public static final Operation LIST = Reads.of(
                    "/api/v1/meters",
                    "The totals and the dimensions that were used in the last 35 days, as OpenMeter lists meters",
                    Set.of())
            .answers(200, "the meters", Shape.json(METER));

    public static final Operation QUERY = Reads.of(
                    "/api/v1/meters/{dimension}/query",
                    "A dimension, or requests, errors, tokens, cost or list_cost, by window and group, as OpenMeter"
                            + " answers; `filterGroupBy[NAME]=` filters by a group",
                    MeterQuestion.PARAMETERS)
            .answers(
                    200,
                    "the values",
                    Shape.json(
                            """
                            {"type":"object","required":["from","to","data"],
                             "properties":{"from":{"type":"string"},"to":{"type":"string"},
                              "windowSize":{"enum":["HOUR","DAY","MONTH"]},"data":{"type":"array","items":%s}}}
                            """
                                    .formatted(ROW)))
            .answers(200, "the values", "text/csv", Shape.text())
            .refuses(400, "invalid_time", "invalid_range", "invalid_timezone", "too_many_windows", "beyond_retention")
            .refuses(400, "too_many_rows")
            .refuses(406, "not_acceptable");

    /** A meter is not made by anyone, but their clients want to know when it was. */
    private static final String ALWAYS = "1970-01-01T00:00:00Z";

    private final Callers callers;
    private final Database database;
    private final MeterReader reader;
    private final Clock clock;

    MetersHandler(Callers callers, Database database, StatsReader stats, Clock clock, UsageApiSettings settings) {
        this.callers = callers;
        this.database = database;
        this.reader = new MeterReader(stats, clock, settings.intradayKept());
        this.clock = clock;
    }

    /** Which meters there are. */
    public Mono<ServerResponse> list(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        QueryParameters.of(request.queryParams(), Set.of());
        return database.inSnapshot(connection -> reader.dimensions(connection, caller.limitedTo(null)))
                .map(dimensions -> Stream.concat(Meter.totals().stream(), dimensions.stream())
                        .map(MetersHandler::meter)
                        .toList())
                .flatMap(meters -> ServerResponse.ok().bodyValue(meters));
    }

    /** What one of them shows. */
    public Mono<ServerResponse> query(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        boolean csv = Csv.isWanted(request.headers().accept());
        MeterQuestion question =
                MeterQuestion.read(request.pathVariable("dimension"), request.queryParams(), caller, clock.instant());
        return database.inSnapshot(connection -> reader.read(connection, question, caller.limitedTo(null)))
                .flatMap(answer -> csv
                        ? ServerResponse.ok().contentType(Csv.UTF_8).bodyValue(answer.csv())
                        : ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(answer.json()));
    }

    private static Map<String, Object> meter(String name) {
        Map<String, String> groups = MeterGroup.names().stream()
                .filter(group ->
                        !List.of(MeterGroup.SUBJECT, MeterGroup.CUSTOMER).contains(group))
                .collect(Collectors.toMap(
                        group -> group, group -> "$." + group, (one, other) -> one, LinkedHashMap::new));
        Map<String, Object> meter = new LinkedHashMap<>();
        meter.put("id", name);
        meter.put("slug", name);
        meter.put("name", name);
        meter.put("aggregation", "SUM");
        meter.put("eventType", "tollgate.usage.v1");
        meter.put("valueProperty", "$." + name);
        meter.put("groupBy", groups);
        meter.put("createdAt", ALWAYS);
        meter.put("updatedAt", ALWAYS);
        return meter;
    }
}
