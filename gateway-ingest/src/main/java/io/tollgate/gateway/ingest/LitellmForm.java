package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Body;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's log as its {@code generic_api} callback posts it: an array, one object, or an object a line. It says
 * {@code application/json} in any case.
 *
 * @param source of the events; null: the key that they come with
 */
record LitellmForm(boolean isGzip, boolean wantsBody, @Nullable String source) implements Form {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final Set<String> TAKEN = Set.of(JSON, LINES, "application/ndjson", "application/jsonl");

    static Result of(HttpHeaders headers) {
        String mediaType = Form.mediaType(headers);
        if (mediaType == null || !TAKEN.contains(mediaType)) {
            return Form.unsupported(headers, JSON + " or " + LINES);
        }
        Result refused = Form.refusedEncoding(headers);
        return refused == null
                ? new Taken(
                        new LitellmForm(Form.isGzip(headers), Form.wantsBody(headers), headers.get(VendorCall.SOURCE)))
                : refused;
    }

    @Override
    public EventParser.Parsed parse(EventParser parser, Body body, Sender sender, long now) {
        return parser.parseLitellm(body.bytes(), body.length(), this, sender, now);
    }
}
