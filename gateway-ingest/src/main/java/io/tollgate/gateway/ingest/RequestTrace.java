package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tollgate.schemas.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** Which trace a request is part of, by its headers. */
final class RequestTrace {
    private static final AsciiString TRACEPARENT = AsciiString.cached(TraceContext.TRACEPARENT);
    private static final AsciiString TRACESTATE = AsciiString.cached(TraceContext.TRACESTATE);

    private RequestTrace() {}

    /** Null where there is none, or two; a state that came in pieces is one. */
    static @Nullable TraceContext of(HttpHeaders headers) {
        String parent = headers.get(TRACEPARENT);
        if (parent == null || headers.getAll(TRACEPARENT).size() > 1) {
            return null;
        }
        return TraceContext.of(parent, String.join(",", headers.getAll(TRACESTATE)));
    }
}
