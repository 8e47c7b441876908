package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.usageapi.live.EventStream.Event;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;

class SubscriberTest {
    private static final LiveQuestion ALL = new LiveQuestion(null, null, null, null, null);

    private long now;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveStreams streams = new LiveStreams(
            new UsageApiSettings.Live(3, Duration.ofMinutes(3), DataSize.ofMegabytes(1), Duration.ofSeconds(20)),
            Clock.systemUTC(),
            () -> now,
            new LiveMetrics(meters));
    private final FrameBuilder builder = new FrameBuilder(at(0));
    private final Line line = new Line();
    private boolean mayGoOn = true;
    private @Nullable String tenant;
    private long offset;

    @BeforeAll
    static void guardAvro() {
        AvroGuards.set();
    }

    @Test
    void aReaderIsGreetedAtOnceAndToldWhatComes() {
        EventStream stream = open();
        assertThat(stream.comments()).containsExactly("live");
        assertThat(stream.lastId()).isNull();
        streams.opened(at(0), at(0));
        assertThat(PositionText.parse(String.valueOf(stream.lastId()))).isEqualTo(at(0));
        frame(1);
        assertThat(stream.events()).extracting(Event::name).containsExactly("usage");
        assertThat(meters.get("tollgate.live.subscribers").gauge().value()).isEqualTo(1);
        assertThat(meters.get("tollgate.live.delay").timer().count()).isEqualTo(1);
    }

    @Test
    void whoDoesNotReadIsGivenNothingMoreAndIsCutInTheEnd() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        line.isWritable = false;
        frame(1);
        watchAt(19);
        assertThat(stream.events()).isEmpty();
        assertThat(line.isCut).isFalse();
        watchAt(21);
        assertThat(line.isCut).isTrue();
        assertThat(meters.get("tollgate.live.dropped").counter().count()).isEqualTo(1);
        assertThat(streams.areAllClosed()).isTrue();
    }

    @Test
    void whoReadsAgainInTimeGoesOnWithoutAGap() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        line.isWritable = false;
        frame(1);
        frame(1);
        line.isWritable = true;
        watchAt(19);
        assertThat(stream.events()).hasSize(2);
        watchAt(100);
        assertThat(line.isCut).isFalse();
    }

    @Test
    void whatIsKeptForAReaderIsBoundedBySize() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        line.isWritable = false;
        for (int i = 0; i < 20; i++) {
            frame(1_000);
        }
        streams.watch();
        assertThat(line.isCut).as("what comes next is no longer there").isTrue();
        assertThat(stream.events()).isEmpty();
    }

    @Test
    void silenceIsBrokenByAHeartbeatThatMovesTheReaderOn() {
        streams.opened(at(0), at(0));
        EventStream stream = open(new LiveQuestion("nobody", null, null, null, null));
        frame(3);
        assertThat(stream.events()).isEmpty();
        watchAt(14);
        assertThat(stream.comments()).containsExactly("live");
        watchAt(16);
        assertThat(stream.comments()).containsExactly("live", "still here");
        assertThat(PositionText.parse(String.valueOf(stream.lastId()))).isEqualTo(at(3));
    }

    @Test
    void whileKafkaIsAwayItIsSaidOnceAndWhoComesIsToldToo() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        streams.away();
        streams.away();
        assertThat(meters.get("tollgate.live.fresh").gauge().value()).isZero();
        EventStream late = open();
        streams.back();
        frame(1);
        assertThat(stream.events()).extracting(Event::name).containsExactly("stale", "fresh", "usage");
        assertThat(late.events()).extracting(Event::name).containsExactly("stale", "fresh", "usage");
        assertThat(meters.get("tollgate.live.fresh").gauge().value()).isEqualTo(1);
    }

    @Test
    void whoMayNoLongerReadIsEnded() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        frame(1);
        mayGoOn = false;
        streams.watch();
        frame(1);
        assertThat(stream.events()).hasSize(1);
        assertThat(stream.comments().get(1)).startsWith("ended: ");
        assertThat(streams.areAllClosed()).isTrue();
    }

    @Test
    void aServiceThatStopsEndsItsStreamsAndOpensNone() {
        streams.opened(at(0), at(0));
        EventStream stream = open();
        streams.stop();
        assertThat(stream.comments()).containsExactly("live", "ended: stopping");
        assertThat(streams.areAllClosed()).isTrue();
        assertThatExceptionOfType(Problem.class).isThrownBy(this::open).returns("stopping", Problem::code);
    }

    @Test
    void thereAreSoManyStreamsAndNoMore() {
        streams.opened(at(0), at(0));
        for (int i = 0; i < 3; i++) {
            open();
        }
        assertThatExceptionOfType(Problem.class).isThrownBy(this::open).returns("too_many_subscribers", Problem::code);
        streams.abort();
        open();
    }

    @Test
    void aCompanysKeysDoNotKeepTheOthersOut() {
        tenant = "acme";
        open();
        assertThatExceptionOfType(Problem.class).isThrownBy(this::open).returns("too_many_subscribers", Problem::code);
        tenant = "beta";
        open();
        tenant = null;
        open();
    }

    private void watchAt(long second) {
        now = Duration.ofSeconds(second).toNanos();
        streams.watch();
    }

    private EventStream open() {
        return open(ALL);
    }

    private EventStream open(LiveQuestion question) {
        EventStream stream = new EventStream();
        LiveStreams.Opened opened = streams.open(question, tenant, null, line, () -> mayGoOn);
        Disposable reading = opened.subscriber()
                .body(new DefaultDataBufferFactory())
                .doFinally(how -> opened.close())
                .concatMap(part -> part)
                .subscribe(buffer -> stream.read(buffer.toString(StandardCharsets.UTF_8)));
        assertThat(reading.isDisposed()).isFalse();
        return stream;
    }

    private void frame(int records) {
        for (int i = 0; i < records; i++, offset++) {
            builder.add(RandomResumesTest.usage("acme", "gpt-4o", Decimal.ONE), 0, offset, 0);
        }
        streams.read(builder.cut(at(offset)));
    }

    private static Position at(long offset) {
        return Position.of(new long[] {1, 2, 3}, new long[][] {{offset}, {0}, {0}});
    }

    private static final class Line implements Outlet {
        private boolean isWritable = true;
        private boolean isCut;

        @Override
        public boolean isWritable() {
            return isWritable;
        }

        @Override
        public void abort() {
            isCut = true;
        }
    }
}
