package io.tollgate.usageapi.balance;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/balance} and {@code GET /v1/balance/minutes}. */
@Component
public final class BalanceHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/balance", "What was accepted, what became of it, and the drift", BalanceQuestion.PARAMETERS)
            .answers(200, "the balance", Shape.of(BalanceBody.class))
            .refuses(400, "invalid_range", "beyond_retention", "not_on_window_edge");

    public static final Operation MINUTES = Reads.of(
                    "/v1/balance/minutes",
                    "What was accepted minute by minute, and what became of it",
                    MinutesQuestion.PARAMETERS)
            .answers(200, "the minutes in which something was accepted", Shape.of(MinutesBody.class))
            .refuses(400, "invalid_range", "beyond_retention", "not_on_window_edge");

    private static final Logger LOG = LoggerFactory.getLogger(BalanceHandler.class);
    private static final String WITHOUT_KAFKA =
            "Kafka does not say how far it is, so what is on its way can't be told from what is missing.";

    private final Callers callers;
    private final Database database;
    private final BooksReader reader;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Duration outcomesKept;

    BalanceHandler(
            Callers callers,
            Database database,
            BooksReader reader,
            Pipeline pipeline,
            Clock clock,
            UsageApiSettings settings) {
        this.callers = callers;
        this.database = database;
        this.reader = reader;
        this.pipeline = pipeline;
        this.clock = clock;
        this.outcomesKept = settings.outcomesKept();
    }

    /** Whether the books balance. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        BalanceQuestion question = BalanceQuestion.read(request.queryParams(), caller, clock.instant(), outcomesKept);
        return Mono.fromCallable(() -> balance(question))
                .subscribeOn(database.scheduler())
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    /** What goes on, minute by minute. */
    public Mono<ServerResponse> minutes(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        MinutesQuestion question = MinutesQuestion.read(request.queryParams(), caller, clock.instant());
        return database.inSnapshot(connection -> MinutesReader.read(connection, question))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    private BalanceBody balance(BalanceQuestion question) throws SQLException {
        try {
            Backlog backlog = pipeline.backlog();
            Books books = read(question);
            InFlight inFlight = new InFlight(books, backlog, pipeline.unread());
            long submissions = inFlight.submissions();
            boolean balanced = books.money().stream().allMatch(Books.Money::balances);
            boolean settled = submissions == 0 && (balanced || inFlight.moneyIsSettled());
            return BalanceBody.of(question, books, submissions, settled, null);
        } catch (KafkaException e) {
            LOG.warn("a balance without Kafka: {}", e.toString());
            return BalanceBody.of(question, read(question), null, null, WITHOUT_KAFKA);
        }
    }

    private Books read(BalanceQuestion question) throws SQLException {
        return database.readSnapshot(connection -> reader.read(connection, question));
    }
}
