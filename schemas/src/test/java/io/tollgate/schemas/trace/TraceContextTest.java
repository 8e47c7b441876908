package io.tollgate.schemas.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    @Test
    void whatIsValidIsKeptAsItCame() {
        TraceContext context = TraceContext.of(" " + PARENT + " ", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");

        assertThat(context).isEqualTo(new TraceContext(PARENT, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"));
        assertThat(Objects.requireNonNull(context).traceId()).isEqualTo(TRACE_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void aWrongTraceparentIsNone(String wrong) {
        assertThat(TraceContext.of(wrong, "congo=t61")).isNull();
    }

    @Test
    void aLaterVersionIsReadAsTheFirst() {
        String later = "cc-" + TRACE_ID + "-b7ad6b7169203331-ff";

        assertThat(TraceContext.of(later, null)).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(later + "-what-the-future-is-like", null)).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(later + "-" + "x".repeat(300), null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ",",
                "congo",
                "=t61",
                "Congo=t61",
                "congo=t6=1",
                "congo=grün",
                "congo=a\tb",
                "congo=1,congo=2",
                "a@b@c=1",
                "1congo=1"
            })
    void aWrongTracestateIsLeftOut(String wrong) {
        assertThat(TraceContext.of(PARENT, wrong)).isEqualTo(new TraceContext(PARENT, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"congo=1", "congo=1, ,rojo=2", "fw529a3039@dt=FfffFf, rojo=x y"})
    void aGoodTracestateStays(String good) {
        assertThat(TraceContext.of(PARENT, good)).isEqualTo(new TraceContext(PARENT, good));
    }

    @Test
    void tracestateIsBounded() {
        String members = IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));

        assertThat(TraceContext.of(PARENT, members)).isEqualTo(new TraceContext(PARENT, members));
        assertThat(TraceContext.of(PARENT, members + ",one=more")).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, "a=" + "x".repeat(256))).isNotEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, "a=" + "x".repeat(257))).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, "a=" + "x".repeat(255) + ",b=" + "x".repeat(253)))
                .isEqualTo(new TraceContext(PARENT, null));
    }

    @Test
    void itGoesThroughHeadersAndNothingElseDoes() {
        Headers came = new RecordHeaders();
        came.add("authorization", bytes("secret"));
        came.add("traceparent", bytes(PARENT));
        came.add("tracestate", bytes("congo=t61"));

        TraceContext context = Objects.requireNonNull(TraceContext.of(came));

        assertThat(context.headers())
                .extracting(Header::key, header -> new String(header.value(), StandardCharsets.US_ASCII))
                .containsExactly(tuple("traceparent", PARENT), tuple("tracestate", "congo=t61"));
        assertThat(TraceContext.of(context.headers())).isEqualTo(context);
        assertThat(TraceContext.of(new RecordHeaders())).isNull();
        assertThat(TraceContext.of(new RecordHeaders().add("traceparent", null)))
                .isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
