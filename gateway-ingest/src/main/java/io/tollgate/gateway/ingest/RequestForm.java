package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as CloudEvents: one, a batch, or one whose attributes are headers. */
record RequestForm(EventFormat format, boolean isGzip, boolean wantsBody, Map<String, String> attributes)
        implements Form {
    private static final String JSON = "application/json";
    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String ATTRIBUTE = "ce-";

    static Result of(HttpHeaders headers) {
        EventFormat format = format(Form.mediaType(headers));
        if (format == null) {
            return Form.unsupported(headers, CLOUD_EVENT + ", " + CLOUD_EVENTS + " or " + JSON);
        }
        Result refused = Form.refusedEncoding(headers);
        if (refused != null) {
            return refused;
        }
        Map<String, String> attributes = Map.of();
        if (format == EventFormat.EITHER && isBinary(headers)) {
            format = EventFormat.BINARY;
            attributes = attributes(headers);
        }
        return new Taken(new RequestForm(format, Form.isGzip(headers), Form.wantsBody(headers), attributes));
    }

    @Override
    public EventParser.Parsed parse(EventParser parser, Body body, Sender sender, long now) {
        return format == EventFormat.BINARY
                ? parser.parseData(body.bytes(), body.length(), attributes, sender, now)
                : parser.parse(body.bytes(), body.length(), format, sender, now);
    }

    private static @Nullable EventFormat format(@Nullable String mediaType) {
        if (mediaType == null) {
            return null;
        }
        return switch (mediaType) {
            case JSON -> EventFormat.EITHER;
            case CLOUD_EVENT -> EventFormat.ONE;
            case CLOUD_EVENTS -> EventFormat.BATCH;
            default -> null;
        };
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
