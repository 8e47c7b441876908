package io.tollgate.usageapi.quota;

import io.tollgate.avro.Company;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.quota.Admissions;
import io.tollgate.quota.QuotaView;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.Reads;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /v1/quotas}, from memory. */
@Component
public final class QuotasHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/quotas", "How quotas stand, open admissions included", QuotasQuestion.PARAMETERS)
            .answers(200, "a page", Shape.of(QuotasBody.class));

    private final Callers callers;
    private final ConfigTable<Company> companies;
    private final QuotaTopics topics;
    private final Clock clock;

    QuotasHandler(Callers callers, ConfigTable<Company> companies, QuotaTopics topics, Clock clock) {
        this.callers = callers;
        this.companies = companies;
        this.topics = topics;
        this.clock = clock;
    }

    /** How quotas stand now for those who have used or reserved anything in them, or are named by them. */
    public Mono<ServerResponse> get(ServerRequest request) {
        var caller = callers.identify(request.headers().asHttpHeaders());
        QuotasQuestion question = QuotasQuestion.read(request.queryParams(), caller);
        Admissions book = topics.book();
        if (book == null) {
            throw Problem.unavailable("starting", "The quotas are still being read. Try again.");
        }
        // Off the event loop: an administrator may ask for every count of every company.
        return Mono.fromCallable(() -> read(book, question))
                .subscribeOn(Schedulers.parallel())
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    private QuotasBody read(Admissions book, QuotasQuestion question) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        Stream<QuotaView> views = companies.values().stream()
                .map(Company::getId)
                .filter(id -> question.company() == null || question.company().equals(id))
                .flatMap(id -> book.standing(id, question::wants, now).stream());
        return QuotasBody.of(views, question.page(), now);
    }
}
