package io.tollgate.gateway.admission;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.User;
import io.tollgate.edge.RequestIds;
import io.tollgate.gateway.admin.Secrets;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Body;
import io.tollgate.gateway.http.ByteBudget;
import io.tollgate.gateway.http.FloodGuard;
import io.tollgate.gateway.http.NettyAnswer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.UnknownCallers;
import io.tollgate.gateway.ingest.Authenticator;
import io.tollgate.gateway.ingest.Form;
import io.tollgate.quota.Admissions.Decision;
import io.tollgate.quota.Admissions.Denied;
import io.tollgate.quota.Admissions.Granted;
import io.tollgate.quota.Admissions.Unpriced;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Estimate;
import io.tollgate.schemas.config.ConfigKeys;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Admissions: asked for, looked at and given back. The decision is in memory; a 200 is sent only after the brokers have
 * the reservation, so that it is still held after this process has died. No thread waits for that.
 */
public final class AdmissionsEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionsEndpoint.class);
    private static final String PATH = "/v1/admissions";
    private static final String SCOPE = "admission";
    private static final int MAX_BODY = 64 << 10;
    private static final long MICROS = 1_000_000;
    private static final Problem NOT_READY = Problem.unavailable(
            "not_ready", "what has been used and granted is not read yet, or the brokers do not answer");
    private static final Problem NOT_ACKNOWLEDGED =
            Problem.unavailable("not_acknowledged", "the brokers did not acknowledge in time; ask again");

    private final Connector connector;
    private final Estimates estimates;
    private final ByteBudget budget;
    private final FloodGuard guard;
    private final AdmissionMetrics metrics;
    private final RequestIds ids;
    private final UnknownCallers unknown;
    private final Clock clock;

    /** @param admitsUnpriced whether what has no price counts as if it cost nothing */
    public AdmissionsEndpoint(
            Connector connector,
            boolean admitsUnpriced,
            ByteBudget budget,
            FloodGuard guard,
            AdmissionMetrics metrics,
            RequestIds ids,
            UnknownCallers unknown,
            Clock clock) {
        this.connector = connector;
        this.estimates = new Estimates(admitsUnpriced);
        this.budget = budget;
        this.guard = guard;
        this.metrics = metrics;
        this.ids = ids;
        this.unknown = unknown;
        this.clock = clock;
    }

    /** {@code POST /v1/admissions}. */
    public Publisher<Void> ask(HttpServerRequest request, HttpServerResponse response) {
        return handle(request, response, call -> {
            if (!request.method().equals(HttpMethod.POST)) {
                return refuse(call, notAllowed("admissions are asked for by POST"))
                        .map(answer -> answer.with("allow", "POST"));
            }
            Door door = enter(call);
            if (door instanceof Shut shut) {
                return refuse(call, shut.why());
            }
            Problem refused = refusedForm(request.requestHeaders());
            return refused == null
                    ? call.body().read(request).flatMap(body -> decide(call, (Passed) door))
                    : refuse(call, refused);
        });
    }

    /** {@code GET} and {@code DELETE /v1/admissions/{reservation}}. */
    public Publisher<Void> one(HttpServerRequest request, HttpServerResponse response) {
        return handle(request, response, call -> {
            boolean isGet = request.method().equals(HttpMethod.GET);
            if (!isGet && !request.method().equals(HttpMethod.DELETE)) {
                return refuse(call, notAllowed("an admission is read by GET and given back by DELETE"))
                        .map(answer -> answer.with("allow", "GET, DELETE"));
            }
            Door door = enter(call);
            return door instanceof Passed passed
                    ? call.body().read(request).flatMap(body -> isGet ? look(call, passed) : giveBack(call, passed))
                    : refuse(call, ((Shut) door).why());
        });
    }

    private record Call(HttpServerRequest request, Body body, String requestId) {}

    /** Whether the caller came in. */
    private sealed interface Door permits Passed, Shut {}

    private record Passed(Backbone backbone, ApiKey key) implements Door {}

    private record Shut(Problem why) implements Door {}

    private Publisher<Void> handle(
            HttpServerRequest request, HttpServerResponse response, Function<Call, Mono<Answer>> route) {
        long begun = System.nanoTime();
        String requestId = ids.of(request.requestHeaders().get(RequestIds.HEADER));
        Call call = new Call(request, new Body(MAX_BODY, budget), requestId);
        return Mono.defer(() -> route.apply(call))
                .onErrorResume(RuntimeException.class, e -> {
                    LOG.atError()
                            .setCause(e)
                            .addKeyValue("request_id", requestId)
                            .log("request {} failed", requestId);
                    return Mono.just(refused(call, Problem.internal(requestId)));
                })
                .flatMap(answer -> {
                    if (call.body().isCutOff()) {
                        response.keepAlive(false);
                    }
                    return NettyAnswer.send(answer, requestId, response);
                })
                .doFinally(signal -> {
                    call.body().release();
                    metrics.end(begun);
                });
    }

    private Door enter(Call call) {
        Backbone backbone = connector.backbone();
        if (backbone == null || !backbone.decidesAdmissions()) {
            return new Shut(NOT_READY);
        }
        Authenticator.Result caller = Authenticator.caller(call.request().requestHeaders(), backbone, clock.instant());
        if (caller instanceof Authenticator.Refused refused) {
            return new Shut(unknown.answer(refused.problem(), call.request()));
        }
        ApiKey key = ((Authenticator.Known) caller).key();
        if (!key.getScopes().contains(SCOPE)) {
            return new Shut(Problem.forbidden("scope_missing", "the key lacks the scope '" + SCOPE + "'"));
        }
        return guard.lets(key.getId(), System.nanoTime()) ? new Passed(backbone, key) : new Shut(FloodGuard.TOO_MANY);
    }

    private static @Nullable Problem refusedForm(HttpHeaders headers) {
        return "application/json".equals(Form.mediaType(headers))
                ? refusal(Form.refusedEncoding(headers))
                : refusal(Form.unsupported(headers, "application/json"));
    }

    private static @Nullable Problem refusal(Form.@Nullable Result result) {
        return result instanceof Form.Refused refused ? refused.problem() : null;
    }

    private Mono<Answer> decide(Call call, Passed door) {
        Body body = call.body();
        if (Form.isGzip(call.request().requestHeaders()) && body.problem() == null) {
            body.gunzip();
        }
        if (body.problem() != null) {
            return Mono.just(refused(call, body.problem()));
        }
        AdmissionRequest.Result read = AdmissionRequest.read(Arrays.copyOf(body.bytes(), body.length()));
        return read instanceof AdmissionRequest.Good good
                ? decide(call, door, good.request())
                : Mono.just(refused(call, ((AdmissionRequest.Wrong) read).why()));
    }

    private Mono<Answer> decide(Call call, Passed door, AdmissionRequest asked) {
        ApiKey key = door.key();
        Backbone backbone = door.backbone();
        String user = key.getUser() == null ? asked.user() : key.getUser();
        User known = user == null ? null : backbone.users().get(ConfigKeys.ofUser(key.getCompany(), user));
        Problem barred = Bars.objection(key, known, asked.model());
        if (barred != null) {
            return Mono.just(denied(call, barred));
        }
        long now = Times.micros(clock);
        Caller caller = new Caller(key.getCompany(), user, key.getId(), asked.provider(), asked.model());
        Estimate estimate = estimates.of(asked, key.getCompany(), backbone.book(), now);
        Decision decision = backbone.admissions()
                .decisions()
                .ask(
                        caller,
                        estimate,
                        draft(caller, asked, backbone.admissions().gateway(), now),
                        now);
        if (decision instanceof Unpriced unpriced) {
            return Mono.just(denied(call, AdmissionAnswers.of(unpriced, asked)));
        }
        if (decision instanceof Denied denied) {
            metrics.denied("quota_exceeded");
            return Mono.just(AdmissionAnswers.of(denied, estimate, now, call.requestId()));
        }
        Granted granted = (Granted) decision;
        return whenAcknowledged(call, backbone.admissions().grant(granted.reservation()), () -> {
            metrics.granted(!granted.wouldDeny().isEmpty());
            return AdmissionAnswers.of(granted, now);
        });
    }

    private static Reservation draft(Caller caller, AdmissionRequest asked, String gateway, long now) {
        return Reservation.newBuilder()
                .setId(Secrets.newUnguessableId("rsv"))
                .setCompany(caller.company())
                .setGateway(gateway)
                .setUser(caller.user())
                .setAuthId(caller.key())
                .setProvider(caller.provider())
                .setModel(caller.model())
                .setHolds(List.of())
                .setGrantedAt(now)
                .setExpiresAt(now + asked.ttlSeconds() * MICROS)
                .build();
    }

    private Mono<Answer> look(Call call, Passed door) {
        Reservation found = found(call, door);
        return Mono.just(
                found == null ? refused(call, noSuch(call)) : Answer.json(200, AdmissionAnswers.Open.of(found)));
    }

    private Mono<Answer> giveBack(Call call, Passed door) {
        Reservation found = found(call, door);
        return found == null
                ? Mono.just(refused(call, noSuch(call)))
                : whenAcknowledged(call, door.backbone().admissions().release(found), () -> Answer.NO_CONTENT);
    }

    private @Nullable Reservation found(Call call, Passed door) {
        return door.backbone().admissions().decisions().find(door.key().getCompany(), id(call), Times.micros(clock));
    }

    private Mono<Answer> whenAcknowledged(Call call, CompletableFuture<Boolean> acknowledged, Supplier<Answer> answer) {
        return Mono.fromFuture(
                acknowledged.thenApplyAsync(
                        done -> done ? answer.get() : refused(call, NOT_ACKNOWLEDGED),
                        NettyAnswer.eventLoop(call.request())),
                // A client that hangs up does not call back what is under way.
                true);
    }

    private Mono<Answer> refuse(Call call, Problem why) {
        return call.body().discard(call.request(), why).map(read -> refused(call, why));
    }

    private Answer refused(Call call, Problem why) {
        metrics.refused(why.code());
        return Answer.problem(why, call.requestId());
    }

    private Answer denied(Call call, Problem why) {
        metrics.denied(why.code());
        return Answer.problem(why, call.requestId());
    }

    private static Problem noSuch(Call call) {
        return Problem.notFound("no admission " + id(call) + " is open: it was settled, given back, or has expired");
    }

    private static Problem notAllowed(String detail) {
        return Problem.of(405, "method_not_allowed", "Method not allowed", detail);
    }

    /** The rest of the path. */
    private static String id(Call call) {
        String rest = call.request().uri().substring(PATH.length() + 1);
        int query = rest.indexOf('?');
        return query < 0 ? rest : rest.substring(0, query);
    }
}
