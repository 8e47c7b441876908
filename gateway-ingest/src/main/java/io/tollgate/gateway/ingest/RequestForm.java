package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request holds its events and what it wants back, by its headers. */
record RequestForm(EventFormat format, boolean isGzip, boolean wantsBody, Map<String, String> attributes) {
    private static final String JSON = "application/json";
    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String ATTRIBUTE = "ce-";
    private static final String REPRESENTATION = "return=representation";

    /** What came of it. */
    sealed interface Result permits Taken, Refused {}

    record Taken(RequestForm form) implements Result {}

    record Refused(Problem problem) implements Result {}

    static Result of(HttpHeaders headers) {
        String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
        EventFormat format = contentType == null ? null : format(contentType);
        if (format == null) {
            return refused(
                    "unsupported_media_type",
                    (contentType == null ? "Content-Type is missing" : "Content-Type " + Texts.shown(contentType))
                            + "; send " + CLOUD_EVENT + ", " + CLOUD_EVENTS + " or " + JSON + ", in UTF-8");
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        boolean isGzip = encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
        if (encoding != null && !isGzip && !encoding.equalsIgnoreCase("identity")) {
            return refused("unsupported_encoding", "Content-Encoding " + Texts.shown(encoding) + "; send gzip or none");
        }
        Map<String, String> attributes = Map.of();
        if (format == EventFormat.EITHER && isBinary(headers)) {
            format = EventFormat.BINARY;
            attributes = attributes(headers);
        }
        String prefer = headers.get("prefer");
        boolean wantsBody = prefer != null && prefer.contains(REPRESENTATION);
        return new Taken(new RequestForm(format, isGzip, wantsBody, attributes));
    }

    private static Result refused(String code, String detail) {
        return new Refused(Problem.of(415, code, "The body's type is not taken", detail));
    }

    private static @Nullable EventFormat format(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        if (end >= 0 && !isUtf8(contentType.substring(end))) {
            return null;
        }
        return switch (type.trim().toLowerCase(Locale.ROOT)) {
            case JSON -> EventFormat.EITHER;
            case CLOUD_EVENT -> EventFormat.ONE;
            case CLOUD_EVENTS -> EventFormat.BATCH;
            default -> null;
        };
    }

    private static boolean isUtf8(String parameters) {
        String plain = parameters.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
        int charset = plain.indexOf("charset=");
        return charset < 0
                || plain.startsWith("charset=utf-8", charset)
                || plain.startsWith("charset=us-ascii", charset);
    }

    private static boolean isBinary(HttpHeaders headers) {
        return headers.contains("ce-specversion") || headers.contains("ce-type") || headers.contains("ce-id");
    }

    private static Map<String, String> attributes(HttpHeaders headers) {
        Map<String, String> attributes = new HashMap<>();
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), decoded(header.getValue()));
            }
        });
        return attributes;
    }

    /** CloudEvents' HTTP binding: whatever is not plain ASCII comes percent-encoded as UTF-8. */
    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = c == '%' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(value.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
