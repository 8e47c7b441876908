package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.format.Formats;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.gateway.http.Body;
import io.tollgate.gateway.http.Problem;
import java.util.ArrayList;
import java.util.List;

/** A vendor's response body as it is; what it does not say of the call is in headers. */
record VendorForm(UsageFormat format, boolean isEventStream, boolean isGzip, boolean wantsBody, VendorCall call)
        implements Form {
    static final String PATH = "/v1/vendor/";

    private static final String JSON = "application/json";
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @param uri path and query of the request */
    static Result of(String uri, HttpHeaders headers) {
        String name = name(uri);
        UsageFormat format = Formats.named(name);
        if (format == null) {
            return new Refused(Problem.of(
                    404,
                    "unknown_format",
                    "There is no such format",
                    "format " + Texts.shown(name) + " is not known; known are " + Formats.names()));
        }
        String mediaType = Form.mediaType(headers);
        boolean isEventStream = EVENT_STREAM.equals(mediaType);
        if (!isEventStream && !JSON.equals(mediaType)) {
            return Form.unsupported(headers, JSON + " or, of a stream, " + EVENT_STREAM);
        }
        UsageFormat streamed = isEventStream ? Formats.streamOf(format) : null;
        if (streamed != null) {
            return Form.refused(
                    "unsupported_media_type",
                    name + " is one body of JSON; its stream has a format of its own, " + streamed.name());
        }
        Result refused = Form.refusedEncoding(headers);
        if (refused != null) {
            return refused;
        }
        String id = VendorCall.id(headers);
        if (id == null) {
            return new Refused(Problem.of(
                    400,
                    "missing_event_id",
                    "Which event it is is not known",
                    "send Idempotency-Key: an id of your own for this call, the same when you send it again; a vendor's"
                            + " response id is none, since some repeat it"));
        }
        return new Taken(new VendorForm(
                format, isEventStream, Form.isGzip(headers), Form.wantsBody(headers), new VendorCall(id, headers)));
    }

    private static String name(String uri) {
        int end = uri.indexOf('?');
        return uri.substring(PATH.length(), end < 0 ? uri.length() : end);
    }

    @Override
    public EventParser.Parsed parse(EventParser parser, Body body, Sender sender, long now) {
        return parser.parseVendor(body.bytes(), body.length(), this, sender, now);
    }

    /**
     * The data of each of a stream's events that carries any. An event may have several lines of it, which are one value
     * together or, from a server that leaves the blank lines out, one each.
     */
    static List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        String unmarked = stream.startsWith(BYTE_ORDER_MARK) ? stream.substring(BYTE_ORDER_MARK.length()) : stream;
        for (String line : unmarked.lines().toList()) {
            String text = line.startsWith("data:") ? line.substring(5).strip() : "";
            if (!text.isEmpty() && !text.equals("[DONE]")) {
                data.append(text).append('\n');
            } else if (line.isEmpty()) {
                end(data, events);
            }
        }
        end(data, events);
        return events;
    }

    private static void end(StringBuilder data, List<String> events) {
        if (!data.isEmpty()) {
            events.add(data.toString());
            data.setLength(0);
        }
    }
}
