package io.tollgate.usageapi.export;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.Reads;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@code GET /v1/exports/usage} and its manifest. */
@Component
public final class ExportHandler {
    private static final Set<String> PARAMETERS = withExport();

    public static final Operation FILE = Reads.of(
                    "/v1/exports/usage",
                    "The ledger of a month or of some days as a file; `Range` with `If-Range` goes on where it broke off",
                    PARAMETERS)
            .answers(200, "the file", "text/csv", Shape.text())
            .answers(206, "a part of it")
            .refuses(
                    400, "invalid_range", "invalid_time", "missing_parameter", "not_on_window_edge", "beyond_retention")
            .refuses(404, "not_found")
            .refuses(409, "period_of_another_topic")
            .refuses(416, "range_not_satisfiable")
            .refuses(503, "period_not_settled", "exports_busy", "export_failed");

    public static final Operation MANIFEST = Reads.of(
                    "/v1/exports/usage/manifest", "What is in an export: rows, sums, SHA-256", PARAMETERS)
            .answers(200, "when the export is whole", Shape.of(Manifest.class))
            .refuses(
                    400, "invalid_range", "invalid_time", "missing_parameter", "not_on_window_edge", "beyond_retention")
            .refuses(404, "not_found")
            .refuses(409, "period_of_another_topic")
            .refuses(503, "period_not_settled", "exports_busy", "export_failed");

    private static final String EXPORT = "export";
    private static final String EXPORT_HEADER = "x-export";
    private static final String GZIP = "gzip";

    private final Callers callers;
    private final Spool spool;
    private final Clock clock;
    private final long ledgerDays;
    private final Scheduler files = Schedulers.boundedElastic();

    ExportHandler(Callers callers, Spool spool, Clock clock, UsageApiSettings settings) {
        this.callers = callers;
        this.spool = spool;
        this.clock = clock;
        this.ledgerDays = settings.ledgerKept().toDays();
    }

    /** The file, or a part of it; of HEAD what its headers would be. */
    public Mono<ServerResponse> file(ServerRequest request) {
        Asked asked = asked(request);
        Export named = asked.export == null ? named(request, asked) : asked.export;
        Export export = named == null ? madeFor(asked.question()) : named;
        boolean goesOn = named != null && !request.headers().range().isEmpty();
        return Mono.fromFuture(export.begun())
                .then(goesOn ? Mono.fromFuture(export.whole()).then() : Mono.empty())
                .then(Mono.defer(() -> answer(request, export)));
    }

    /** What is in it, when it is whole. */
    public Mono<ServerResponse> manifest(ServerRequest request) {
        Asked asked = asked(request);
        Export export = asked.export;
        if (export == null) {
            ExportQuestion question = asked.question();
            boolean anyPacking = request.queryParam(GZIP).isEmpty();
            export = spool.latest(other -> other.question().equals(question)
                    || (anyPacking && other.question().withGzip(question.gzip()).equals(question)));
        }
        Export told = export == null ? spool.start(asked.question()) : export;
        return Mono.fromFuture(told.begun())
                .then(Mono.fromFuture(told.whole()).onErrorMap(cause -> failed()))
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }

    /**
     * What a request is about.
     *
     * @param export null: none by its id
     */
    private record Asked(@Nullable Export export, @Nullable ExportQuestion unnamed) {
        ExportQuestion question() {
            return Objects.requireNonNull(unnamed);
        }
    }

    private Asked asked(ServerRequest request) {
        Caller caller = callers.identify(request.headers().asHttpHeaders());
        QueryParameters parameters = QueryParameters.of(request.queryParams(), PARAMETERS);
        String id = parameters.one(EXPORT);
        if (id == null) {
            LocalDate oldest =
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(ledgerDays - 1);
            return new Asked(
                    null,
                    ExportQuestion.read(
                            parameters,
                            caller,
                            oldest,
                            takesGzip(request.headers().asHttpHeaders())));
        }
        if (parameters.names().size() > 1) {
            throw Problem.parameter(
                    EXPORT, "invalid_parameter", "`export` names one; it goes with no other parameter.");
        }
        Export export = spool.find(id);
        String company = caller.limitedTo(null);
        if (export == null
                || (company != null && !company.equals(export.question().company()))) {
            throw Problem.of(
                    HttpStatus.NOT_FOUND,
                    "not_found",
                    "There is no export " + id + "; they are kept for a while only. Ask for a new one.");
        }
        return new Asked(export, null);
    }

    /** By {@code If-Range}: that of the same question which a reader already has a part of. */
    private @Nullable Export named(ServerRequest request, Asked asked) {
        String tag = request.headers().firstHeader(HttpHeaders.IF_RANGE);
        if (tag == null || tag.length() < 2) {
            return null;
        }
        Export export = spool.find(tag.substring(1, tag.length() - 1));
        boolean fits =
                export != null && export.eTag().equals(tag) && export.question().equals(asked.question());
        return fits ? export : null;
    }

    /** A closed month's is for everybody who asks for the same; what may have changed is written anew. */
    private Export madeFor(ExportQuestion question) {
        Export closed =
                spool.latest(export -> export.isClosed() && export.question().equals(question));
        return closed == null ? spool.start(question) : closed;
    }

    private Mono<ServerResponse> answer(ServerRequest request, Export export) {
        ExportQuestion question = export.question();
        boolean coded = question.gzip()
                && request.queryParam(GZIP).isEmpty()
                && request.queryParam(EXPORT).isEmpty();
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, mediaType(question, coded));
        headers.setETag(export.eTag());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        headers.set(EXPORT_HEADER, export.id());
        headers.setContentDisposition(ContentDisposition.attachment()
                .filename(coded ? question.withGzip(false).fileName() : question.fileName())
                .build());
        if (coded) {
            headers.set(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        Manifest manifest = export.manifest();
        if (export.hasFailed()) {
            return Mono.error(failed());
        }
        if (manifest == null) {
            return body(request, export, HttpStatus.OK, headers, 0, Long.MAX_VALUE);
        }
        long size = manifest.size();
        List<HttpRange> ranges = isOfThis(request, export) ? request.headers().range() : List.of();
        // Several at once would be a message in parts; a server may send the whole instead.
        if (ranges.size() != 1) {
            headers.setContentLength(size);
            return body(request, export, HttpStatus.OK, headers, 0, size);
        }
        HttpRange range = ranges.get(0);
        long from;
        long until;
        try {
            from = range.getRangeStart(size);
            until = range.getRangeEnd(size) + 1;
        } catch (IllegalArgumentException e) {
            from = size;
            until = size;
        }
        if (from >= size) {
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            return ServerResponse.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
                    .header(HttpHeaders.ETAG, export.eTag())
                    .build();
        }
        headers.set(HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + (until - 1) + "/" + size);
        headers.setContentLength(until - from);
        return body(request, export, HttpStatus.PARTIAL_CONTENT, headers, from, until);
    }

    /** Without If-Range a part is of whatever there is. */
    private static boolean isOfThis(ServerRequest request, Export export) {
        String tag = request.headers().firstHeader(HttpHeaders.IF_RANGE);
        return tag == null || tag.equals(export.eTag());
    }

    private Mono<ServerResponse> body(
            ServerRequest request, Export export, HttpStatus status, HttpHeaders headers, long from, long until) {
        ServerResponse.BodyBuilder response = ServerResponse.status(status).headers(all -> all.putAll(headers));
        if (request.method().equals(HttpMethod.HEAD)) {
            return response.build();
        }
        return response.body(BodyInserters.fromDataBuffers(Delivery.of(
                export, from, until, request.exchange().getResponse().bufferFactory(), files)));
    }

    private static Problem failed() {
        return Problem.unavailable("export_failed", "The export broke off; the log has the reason. Ask for it again.");
    }

    private static String mediaType(ExportQuestion question, boolean coded) {
        return question.gzip() && !coded
                ? "application/gzip"
                : question.format().mediaType();
    }

    private static boolean takesGzip(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch(coding ->
                        coding.equals(GZIP) || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static Set<String> withExport() {
        Set<String> names = new HashSet<>(ExportQuestion.PARAMETERS);
        names.add(EXPORT);
        return names;
    }
}
