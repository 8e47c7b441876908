package io.tollgate.gateway.admin;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.Admin;
import io.tollgate.edge.AdminToken;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.edge.RequestIds;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.UnknownCallers;
import io.tollgate.schemas.config.AdminCheck;
import io.tollgate.schemas.config.KeyCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The way in to every admin call: who has a token and what the role allows, a body within limits, a thread that may block,
 * and failures of the brokers as 503. The admin token may everything, so that nobody can lock himself out; without a
 * configured one there are only the named administrators, and none of them can be made.
 */
public final class AdminDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);
    private static final byte[] NO_BODY = new byte[0];
    private static final Problem NOT_READY =
            Problem.unavailable("not_ready", "the configuration is not read yet; nothing was changed");
    private static final Problem MISSING =
            Problem.unauthorized("missing_token", "send an administrator's token as Authorization: Bearer TOKEN");

    private final Connector connector;
    private final RequestIds ids;
    private final UnknownCallers unknown;
    private final AdminToken token;
    private final Scheduler scheduler = Schedulers.newBoundedElastic(8, 1_000, "admin");

    public AdminDoor(Connector connector, RequestIds ids, UnknownCallers unknown, @Nullable String adminToken) {
        this.connector = connector;
        this.ids = ids;
        this.unknown = unknown;
        this.token = new AdminToken(adminToken);
        if (!token.isConfigured()) {
            LOG.warn("tollgate.admin-token is not set: the admin API knows nobody but named administrators");
        }
    }

    /** The handler of a route that changes nothing: for administrators of every role. */
    public HandlerFunction<ServerResponse> toAuditors(AdminCall call) {
        return handler(call, secret -> administrator(secret, Right.READ));
    }

    /** The handler of a route that changes something: for administrators who are operator or admin. */
    public HandlerFunction<ServerResponse> toOperators(AdminCall call) {
        return handler(call, secret -> administrator(secret, Right.CHANGE));
    }

    /** The handler of a route about administrators themselves. */
    public HandlerFunction<ServerResponse> toAdmins(AdminCall call) {
        return handler(call, secret -> administrator(secret, Right.APPOINT));
    }

    /** The handler of a route that is also for keys that may read, for their own company. */
    public HandlerFunction<ServerResponse> toReaders(AdminCall call) {
        return handler(call, this::reader);
    }

    /** What a route takes of a named administrator; the admin token has them all. */
    private record Right(String roles, Predicate<AdminCheck.Valid> isHeldBy) {
        static final Right READ = new Right("auditor, operator or admin", AdminCheck.Valid::mayRead);
        static final Right CHANGE = new Right("operator or admin", AdminCheck.Valid::mayChange);
        static final Right APPOINT = new Right("admin", AdminCheck.Valid::mayAppoint);
    }

    /**
     * Who calls.
     *
     * @param admin id of a named administrator; null: whoever has the admin token, or a key
     * @param company of a key; null: an administrator
     * @param refused null where the call is let in
     */
    private record Caller(@Nullable String admin, @Nullable String company, @Nullable Problem refused) {
        static final Caller TOKEN = new Caller(null, null, null);

        static Caller refused(Problem why) {
            return new Caller(null, null, why);
        }
    }

    private HandlerFunction<ServerResponse> handler(AdminCall call, Function<@Nullable String, Caller> door) {
        return request -> {
            String requestId = ids.of(request.headers().firstHeader(RequestIds.HEADER));
            Caller caller = door.apply(PresentedSecret.of(
                    request.headers().firstHeader(PresentedSecret.AUTHORIZATION),
                    request.headers().firstHeader(PresentedSecret.API_KEY)));
            Problem refused = caller.refused() == null ? repeated(request) : caller.refused();
            Mono<Answer> answer = refused == null
                    ? request.bodyToMono(byte[].class)
                            .defaultIfEmpty(NO_BODY)
                            .publishOn(scheduler)
                            .map(body -> answer(call, adminRequest(request, caller, body, requestId)))
                            .onErrorResume(
                                    DataBufferLimitException.class,
                                    e -> Mono.just(Answer.problem(
                                            Problem.tooLarge(
                                                    "body_too_large", "the body is too large; send it in parts"),
                                            requestId)))
                    : Mono.just(Answer.problem(unknown.answer(refused, request), requestId));
            return answer.flatMap(made -> response(made, requestId));
        };
    }

    /** For every path that has no route. */
    public Mono<ServerResponse> notFound(ServerRequest request) {
        String requestId = ids.of(request.headers().firstHeader(RequestIds.HEADER));
        Problem problem = Problem.notFound("there is no " + request.method() + " " + request.path());
        return response(Answer.problem(problem, requestId), requestId);
    }

    @Override
    public void close() {
        scheduler.dispose();
    }

    private Caller administrator(@Nullable String secret, Right needed) {
        if (secret == null) {
            return Caller.refused(MISSING);
        }
        if (token.is(secret)) {
            return Caller.TOKEN;
        }
        Backbone backbone = connector.backbone();
        if (backbone == null || !backbone.knowsConfiguration()) {
            // Who it is can't be told yet.
            return Caller.refused(NOT_READY);
        }
        AdminCheck check = backbone.admins().check(secret, Instant.now());
        if (check instanceof AdminCheck.Valid valid) {
            Admin admin = valid.admin();
            return needed.isHeldBy().test(valid)
                    ? new Caller(admin.getId(), null, null)
                    : Caller.refused(roleMissing(admin, needed));
        }
        return Caller.refused(
                check instanceof AdminCheck.Expired
                        ? Problem.unauthorized("expired_token", "this administrator's time is over")
                        : Problem.unauthorized("unknown_token", "this is no administrator's token"));
    }

    private Caller reader(@Nullable String secret) {
        Caller administrator = administrator(secret, Right.READ);
        Backbone backbone = connector.backbone();
        if (administrator.refused() == null || secret == null || backbone == null) {
            return administrator;
        }
        if (!(backbone.keys().check(secret, Instant.now()) instanceof KeyCheck.Valid valid)) {
            return administrator;
        }
        if (backbone.companies().get(valid.key().getCompany()) == null) {
            return Caller.refused(Problem.forbidden("company_gone", "the key's company is no longer there"));
        }
        return valid.key().getScopes().contains("read")
                ? new Caller(null, valid.key().getCompany(), null)
                : Caller.refused(Problem.forbidden("scope_missing", "the key lacks the scope 'read'"));
    }

    private static Problem roleMissing(Admin admin, Right needed) {
        return Problem.of(
                403,
                "role_missing",
                "The administrator may not do this",
                "it takes the role " + needed.roles() + ", and " + admin.getId() + " is "
                        + Fields.word(admin.getRole()));
    }

    /** The parameters of a query, each of which is given once: of two values either could be the one that was meant. */
    private static @Nullable Problem repeated(ServerRequest request) {
        return request.queryParams().entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .findFirst()
                .map(parameter ->
                        Problem.unreadable("invalid_parameter", parameter.getKey() + " is given more than once"))
                .orElse(null);
    }

    private Answer answer(AdminCall call, AdminRequest request) {
        Backbone backbone = connector.backbone();
        if (backbone == null || !backbone.knowsConfiguration()) {
            return Answer.problem(NOT_READY, request.requestId());
        }
        try {
            return call.answer(request, backbone);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("request_id", request.requestId())
                    .log("request {} was not acknowledged: {}", request.requestId(), e.toString());
            return Answer.problem(
                    Problem.unavailable(
                            "not_acknowledged",
                            "the brokers did not acknowledge in time; read it back before you send it again"),
                    request.requestId());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("request_id", request.requestId())
                    .log("request {} failed", request.requestId());
            return Answer.problem(Problem.internal(request.requestId()), request.requestId());
        }
    }

    private static AdminRequest adminRequest(ServerRequest request, Caller caller, byte[] body, String requestId) {
        return new AdminRequest(
                request.pathVariables(),
                request.queryParams().toSingleValueMap(),
                caller.company(),
                new Actor(
                        caller.admin() == null ? ActorKind.TOKEN : ActorKind.ADMIN,
                        caller.admin(),
                        address(request),
                        requestId),
                request.headers().firstHeader(HttpHeaders.IF_MATCH),
                request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH),
                body,
                requestId);
    }

    private static @Nullable String address(ServerRequest request) {
        return request.remoteAddress()
                .map(InetSocketAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse(null);
    }

    private static Mono<ServerResponse> response(Answer answer, String requestId) {
        ServerResponse.BodyBuilder response =
                ServerResponse.status(answer.status()).header(RequestIds.HEADER, requestId);
        answer.headers().forEach(response::header);
        String contentType = answer.contentType();
        return contentType == null
                ? response.build()
                : response.contentType(MediaType.parseMediaType(contentType)).bodyValue(answer.body());
    }
}
