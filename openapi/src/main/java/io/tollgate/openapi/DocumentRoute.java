package io.tollgate.openapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /openapi.json}, for everyone, with an ETag by which it need not be sent again. The document is made once, when it
 * is first asked for and on no thread that answers others: to make it takes longer than a service has at its start.
 */
public final class DocumentRoute {
    public static final String PATH = "/openapi.json";

    private final Mono<Served> document;

    private DocumentRoute(Supplier<ObjectNode> document) {
        this.document = Mono.fromSupplier(
                        () -> Served.of(document.get().toString().getBytes(StandardCharsets.UTF_8)))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    @SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
    private record Served(byte[] document, String etag) {
        static Served of(byte[] document) {
            return new Served(document, '"' + hash(document).substring(0, 32) + '"');
        }
    }

    /** A route that serves the document of these operations, itself and Actuator's among them. */
    public static RouterFunction<ServerResponse> of(String title, String description, List<Operation> operations) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(Everywhere.operations());
        return RouterFunctions.route()
                .GET(PATH, new DocumentRoute(() -> ApiDocument.of(title, description, all))::get)
                .build();
    }

    private Mono<ServerResponse> get(ServerRequest request) {
        return document.flatMap(served -> answer(request, served.document(), served.etag()));
    }

    private static Mono<ServerResponse> answer(ServerRequest request, byte[] document, String etag) {
        boolean isKnown = request.headers().header("If-None-Match").stream()
                .flatMap(header -> List.of(header.split(",\\s*", -1)).stream())
                .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
        ServerResponse.BodyBuilder answer = ServerResponse.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(etag)
                .header("Cache-Control", "no-cache");
        return isKnown
                ? answer.build()
                : answer.contentType(MediaType.APPLICATION_JSON).bodyValue(document);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
