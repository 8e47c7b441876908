package io.tollgate.openapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /openapi.json}, for everyone; made once, with an ETag by which it need not be sent again. */
public final class DocumentRoute {
    public static final String PATH = "/openapi.json";

    private final byte[] document;
    private final String etag;

    private DocumentRoute(byte[] document) {
        this.document = document;
        this.etag = '"' + hash(document).substring(0, 32) + '"';
    }

    /** A route that serves the document of these operations, itself and Actuator's among them. */
    public static RouterFunction<ServerResponse> of(String title, String description, List<Operation> operations) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(Everywhere.operations());
        byte[] document = ApiDocument.of(title, description, all).toString().getBytes(StandardCharsets.UTF_8);
        return RouterFunctions.route()
                .GET(PATH, new DocumentRoute(document)::get)
                .build();
    }

    private Mono<ServerResponse> get(ServerRequest request) {
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
