package io.tollgate.usageapi.dashboard;

import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.usageapi.problem.Problem;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET /} and the files of the page, for everyone: they hold no data. The page asks for a key and reads the same
 * routes with it as any other caller.
 */
@Component
public final class DashboardHandler {
    public static final Operation PAGE = answered(Operation.get("/", "The dashboard, a page for people"), "text/html");

    public static final Operation FILE = answered(
                    answered(
                            answered(
                                    Operation.get("/assets/{version}/{file}", "What the dashboard is made of"),
                                    "text/javascript"),
                            "text/css"),
                    "image/svg+xml")
            .refuses(404, "not_found");

    /**
     * Nothing but what this service itself serves: no code from elsewhere or in the page, nothing sent elsewhere, and no
     * text that becomes markup.
     */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'";

    private static final String POLICY_HEADER = "Content-Security-Policy";
    /** Of that version and no other. */
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private static final String UNKNOWN = "There is no such file of the dashboard; load the page again.";

    private final Assets assets = Assets.read();

    private static Operation answered(Operation operation, String type) {
        return operation.answers(200, "as it is", type, Shape.text()).answers(304, "it is the one of that ETag");
    }

    /** The page, which browsers ask for each time. */
    public Mono<ServerResponse> page(ServerRequest request) {
        return send(request, assets.page(), CacheControl.noCache());
    }

    /** One of its files. */
    public Mono<ServerResponse> file(ServerRequest request) {
        Asset file = assets.file(request.pathVariable("file"));
        if (file == null) {
            throw Problem.of(HttpStatus.NOT_FOUND, "not_found", UNKNOWN);
        }
        // A page of another release may ask while a fleet is renewed: it is answered, and nothing is kept.
        boolean isOfThisRelease = assets.version().equals(request.pathVariable("version"));
        return send(request, file, isOfThisRelease ? FOR_EVER : CacheControl.noCache());
    }

    private static Mono<ServerResponse> send(ServerRequest request, Asset asset, CacheControl keep) {
        boolean isKnown = request.headers().header(HttpHeaders.IF_NONE_MATCH).contains(asset.etag());
        boolean isZipped = request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream()
                .anyMatch(codings -> codings.toLowerCase(Locale.ROOT).contains("gzip"));
        ServerResponse.BodyBuilder answer = ServerResponse.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(asset.etag())
                .cacheControl(keep)
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .header(POLICY_HEADER, POLICY);
        if (isKnown) {
            return answer.build();
        }
        if (isZipped) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.contentType(asset.type()).bodyValue(isZipped ? asset.zipped() : asset.content());
    }
}
