package io.tollgate.gateway.admin;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.edge.AdminToken;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.edge.RequestIds;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.config.KeyCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Function;
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
 * The way in to every admin call: who has the token, a body within limits, a thread that may block, and failures of the
 * brokers as 503. Without a configured token every call is refused.
 */
public final class AdminDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);
    private static final byte[] NO_BODY = new byte[0];

    private final Connector connector;
    private final RequestIds ids;
    private final AdminToken token;
    private final Scheduler scheduler = Schedulers.newBoundedElastic(8, 1_000, "admin");

    public AdminDoor(Connector connector, RequestIds ids, @Nullable String adminToken) {
        this.connector = connector;
        this.ids = ids;
        this.token = new AdminToken(adminToken);
        if (!token.isConfigured()) {
            LOG.warn("tollgate.admin-token is not set: the admin API refuses every call");
        }
    }

    /** The handler of a route that is for administrators. */
    public HandlerFunction<ServerResponse> to(AdminCall call) {
        return handler(call, this::administrator);
    }

    /** The handler of a route that is also for keys that may read, for their own company. */
    public HandlerFunction<ServerResponse> toReaders(AdminCall call) {
        return handler(call, this::reader);
    }

    /**
     * Who calls.
     *
     * @param company null: an administrator
     * @param refused null where the call is let in
     */
    private record Caller(@Nullable String company, @Nullable Problem refused) {}

    private HandlerFunction<ServerResponse> handler(AdminCall call, Function<@Nullable String, Caller> door) {
        return request -> {
            String requestId = ids.of(request.headers().firstHeader(RequestIds.HEADER));
            Caller caller = door.apply(PresentedSecret.of(
                    request.headers().firstHeader(PresentedSecret.AUTHORIZATION),
                    request.headers().firstHeader(PresentedSecret.API_KEY)));
            Problem refused = caller.refused();
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
                    : Mono.just(Answer.problem(refused, requestId));
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

    private Caller administrator(@Nullable String secret) {
        return new Caller(null, refusal(secret));
    }

    private Caller reader(@Nullable String secret) {
        Problem refused = refusal(secret);
        Backbone backbone = connector.backbone();
        if (refused == null || secret == null || backbone == null) {
            return new Caller(null, refused);
        }
        if (!(backbone.keys().check(secret, Instant.now()) instanceof KeyCheck.Valid valid)) {
            return new Caller(null, refused);
        }
        if (backbone.companies().get(valid.key().getCompany()) == null) {
            return new Caller(null, Problem.forbidden("company_gone", "the key's company is no longer there"));
        }
        return valid.key().getScopes().contains("read")
                ? new Caller(valid.key().getCompany(), null)
                : new Caller(null, Problem.forbidden("scope_missing", "the key lacks the scope 'read'"));
    }

    private @Nullable Problem refusal(@Nullable String secret) {
        if (secret == null) {
            return Problem.unauthorized("missing_token", "send the admin token as Authorization: Bearer TOKEN");
        }
        return token.is(secret) ? null : Problem.unauthorized("unknown_token", "this is not the admin token");
    }

    private Answer answer(AdminCall call, AdminRequest request) {
        Backbone backbone = connector.backbone();
        if (backbone == null || !backbone.knowsConfiguration()) {
            return Answer.problem(
                    Problem.unavailable("not_ready", "the configuration is not read yet; nothing was changed"),
                    request.requestId());
        }
        try {
            return call.answer(request, backbone);
        } catch (KafkaException e) {
            LOG.warn("request {} was not acknowledged: {}", request.requestId(), e.toString());
            return Answer.problem(
                    Problem.unavailable(
                            "not_acknowledged",
                            "the brokers did not acknowledge in time; read it back before you send it again"),
                    request.requestId());
        } catch (RuntimeException e) {
            LOG.error("request {} failed", request.requestId(), e);
            return Answer.problem(Problem.internal(request.requestId()), request.requestId());
        }
    }

    private static AdminRequest adminRequest(ServerRequest request, Caller caller, byte[] body, String requestId) {
        return new AdminRequest(
                request.pathVariables(),
                request.queryParams().toSingleValueMap(),
                caller.company(),
                new Actor(ActorKind.TOKEN, null, address(request), requestId),
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
        ServerResponse.BodyBuilder response = ServerResponse.status(answer.status())
                .header(RequestIds.HEADER, requestId)
                .header("x-content-type-options", "nosniff");
        answer.headers().forEach(response::header);
        String contentType = answer.contentType();
        return contentType == null
                ? response.build()
                : response.contentType(MediaType.parseMediaType(contentType)).bodyValue(answer.body());
    }
}
