package io.tollgate.gateway.ingest;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.edge.RequestIds;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.format.Formats;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Body;
import io.tollgate.gateway.http.ByteBudget;
import io.tollgate.gateway.http.FloodGuard;
import io.tollgate.gateway.http.NettyAnswer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.UnknownCallers;
import io.tollgate.schemas.trace.TraceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The way of every request that brings events, whichever {@link Intake} it comes by. A 2xx is sent only after the brokers
 * have every accepted event of the request; where they don't answer in time it is 503 and the same may be sent again. No
 * thread waits: the answer goes out from the connection's own event loop when the last ack is in.
 */
public final class EventsEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(EventsEndpoint.class);
    private static final Problem METHOD_NOT_ALLOWED =
            Problem.of(405, "method_not_allowed", "Method not allowed", "events are sent by POST");

    private final Connector connector;
    private final EventParser parser;
    private final int maxBody;
    private final ByteBudget budget;
    private final FloodGuard guard;
    private final IngestMetrics metrics;
    private final RequestIds ids;
    private final UnknownCallers unknown;
    private final Clock clock;

    public EventsEndpoint(
            Connector connector,
            EventParser parser,
            int maxBody,
            ByteBudget budget,
            FloodGuard guard,
            IngestMetrics metrics,
            RequestIds ids,
            UnknownCallers unknown,
            Clock clock) {
        this.connector = connector;
        this.parser = parser;
        this.maxBody = maxBody;
        this.budget = budget;
        this.guard = guard;
        this.metrics = metrics;
        this.ids = ids;
        this.unknown = unknown;
        this.clock = clock;
    }

    /** CloudEvents. */
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return handle(request, response, RequestForm::of);
    }

    /** A vendor's response body, its format the last part of the path. */
    public Publisher<Void> handleVendor(HttpServerRequest request, HttpServerResponse response) {
        return handle(request, response, headers -> VendorForm.of(request.uri(), headers));
    }

    /** LiteLLM's log of calls. */
    public Publisher<Void> handleLitellm(HttpServerRequest request, HttpServerResponse response) {
        return handle(request, response, LitellmForm::of);
    }

    /** The formats, with a sample of each. */
    public Publisher<Void> formats(HttpServerRequest request, HttpServerResponse response) {
        String requestId = ids.of(request.requestHeaders().get(RequestIds.HEADER));
        Answer answer = request.method().equals(HttpMethod.GET)
                ? Answer.json(200, FormatList.of(Formats.all()))
                : Answer.problem(
                                Problem.of(405, "method_not_allowed", "Method not allowed", "formats are read by GET"),
                                requestId)
                        .with("allow", "GET");
        return NettyAnswer.send(answer, requestId, response);
    }

    /** Whatever the intake takes. */
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, Intake intake) {
        String requestId = ids.of(request.requestHeaders().get(RequestIds.HEADER));
        if (!request.method().equals(HttpMethod.POST)) {
            Answer answer = intake.refused(METHOD_NOT_ALLOWED, request.requestHeaders(), requestId);
            return NettyAnswer.send(answer.with("allow", "POST"), requestId, response);
        }
        long begun = metrics.begin();
        Body body = new Body(maxBody, budget);
        Call call = new Call(request, intake, requestId);
        return answer(call, body)
                .onErrorResume(RuntimeException.class, e -> Mono.just(internalError(e, call)))
                .flatMap(answer -> {
                    if (body.isCutOff()) {
                        response.keepAlive(false);
                    }
                    return NettyAnswer.send(answer, requestId, response);
                })
                .doFinally(signal -> {
                    body.release();
                    metrics.end(begun);
                });
    }

    /** A request on its way. */
    private record Call(HttpServerRequest request, Intake intake, String requestId) {
        HttpHeaders headers() {
            return request.requestHeaders();
        }
    }

    private Mono<Answer> answer(Call call, Body body) {
        Backbone backbone = connector.backbone();
        if (backbone == null || !backbone.takesEvents()) {
            return refuse(
                    call,
                    body,
                    Problem.unavailable("not_ready", "the brokers do not answer; nothing was stored, send it again"));
        }
        Instant now = clock.instant();
        Authenticator.Result caller = Authenticator.sender(call.headers(), backbone, now);
        if (caller instanceof Authenticator.Refused refused) {
            return refuse(call, body, unknown.answer(refused.problem(), call.request()));
        }
        Sender sender = Sender.of(((Authenticator.Known) caller).key());
        if (!guard.lets(sender.authId(), System.nanoTime())) {
            return refuse(call, body, FloodGuard.TOO_MANY);
        }
        Form.Result form = call.intake().form(call.headers());
        if (form instanceof Form.Refused refused) {
            return refuse(call, body, refused.problem());
        }
        Form taken = ((Form.Taken) form).form();
        EventLoop loop = NettyAnswer.eventLoop(call.request());
        return body.read(call.request()).flatMap(read -> take(read, taken, sender, backbone, loop, call, now));
    }

    private Mono<Answer> take(
            Body body, Form form, Sender sender, Backbone backbone, EventLoop loop, Call call, Instant now) {
        if (form.isGzip() && body.problem() == null) {
            body.gunzip();
        }
        Problem refused = body.problem();
        if (refused != null) {
            return Mono.just(refused(refused, call));
        }
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        EventParser.Parsed parsed = form.parse(parser, body, sender, micros);
        if (parsed instanceof EventParser.Unreadable unreadable) {
            return Mono.just(refused(unreadable.problem(), call));
        }
        Report report = Report.of(((EventParser.Events) parsed).verdicts());
        OverQuotas.stamp(report.accepted(), backbone.admissions().decisions(), micros);
        CompletableFuture<Boolean> acked = backbone.events().append(report.accepted(), RequestTrace.of(call.headers()));
        return Mono.fromFuture(
                acked.thenApplyAsync(all -> all ? taken(report, form, call) : unacknowledged(call), loop),
                // A client that hangs up does not call back what is under way.
                true);
    }

    private Answer taken(Report report, Form form, Call call) {
        metrics.taken(report);
        return form.answer(report, call.requestId());
    }

    private Answer unacknowledged(Call call) {
        return refused(
                Problem.unavailable(
                        "not_acknowledged",
                        "the brokers did not acknowledge in time, so this may be stored or not; send it again with the"
                                + " same ids, it is counted once"),
                call);
    }

    private Mono<Answer> refuse(Call call, Body body, Problem why) {
        return body.discard(call.request(), why).map(read -> refused(why, call));
    }

    private Answer refused(Problem why, Call call) {
        metrics.refused(why.code());
        return call.intake().refused(why, call.headers(), call.requestId());
    }

    private Answer internalError(RuntimeException e, Call call) {
        TraceContext trace = RequestTrace.of(call.headers());
        LOG.atError()
                .setCause(e)
                .addKeyValue("request_id", call.requestId())
                .addKeyValue("trace_id", trace == null ? null : trace.traceId())
                .log("request {} failed", call.requestId());
        return refused(Problem.internal(call.requestId()), call);
    }
}
