package io.tollgate.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.schemas.trace.TraceContext;
import org.junit.jupiter.api.Test;

class RequestTraceTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final HttpHeaders headers = new DefaultHttpHeaders();

    @Test
    void aRequestWithoutATraceHasNone() {
        headers.add("tracestate", "a=b");

        assertThat(RequestTrace.of(headers)).isNull();
    }

    @Test
    void aStateMayComeInPieces() {
        headers.add("Traceparent", PARENT).add("TraceState", "a=b").add("tracestate", "c=d");

        assertThat(RequestTrace.of(headers)).isEqualTo(new TraceContext(PARENT, "a=b,c=d"));
    }

    @Test
    void twoParentsAreNone() {
        headers.add("traceparent", PARENT).add("traceparent", PARENT);

        assertThat(RequestTrace.of(headers)).isNull();
    }
}
