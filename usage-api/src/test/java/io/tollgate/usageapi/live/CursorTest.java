package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.usageapi.live.EventStream.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final LiveQuestion ALL = new LiveQuestion(null, null, null, null, null);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int ENOUGH = 1 << 20;

    private final Ring ring = new Ring(Duration.ofSeconds(60), 1 << 20);
    private final FrameBuilder builder = new FrameBuilder(at(0));
    private long offset;

    @BeforeAll
    static void guardAvro() {
        AvroGuards.set();
    }

    @Test
    void beforeAnythingIsKnownThereIsNothingToTell() {
        Cursor cursor = new Cursor(ring, ALL, null);
        assertThat(cursor.take(ENOUGH)).isEmpty();
        assertThat(cursor.at()).isNull();
        assertThat(cursor.isAtEnd() || cursor.hasFallenBehind() || cursor.isAhead())
                .isFalse();
        ring.open(at(0), at(0));
        assertThat(told(cursor)).isEmpty();
        frame(1);
        assertThat(told(cursor)).containsExactly("usage");
    }

    @Test
    void whoComesFirstBeginsWhereTheTopicsEndAndNotWithWhatIsKeptForOthers() {
        ring.open(at(0), at(2));
        frame(1);
        Cursor cursor = new Cursor(ring, ALL, null);
        assertThat(told(cursor)).isEmpty();
        assertThat(cursor.at()).isEqualTo(at(2));
        frame(2);
        EventStream stream = read(cursor);
        assertThat(stream.events()).hasSize(1);
        assertThat(stream.events().get(0).data().at("/rows/0/requests").asString())
                .as("one of two was there before")
                .isEqualTo("1");
        assertThat(PositionText.parse(String.valueOf(stream.lastId()))).isEqualTo(at(3));
    }

    @Test
    void sixtySecondsLaterNothingIsMissing() {
        ring.open(at(0), at(0));
        for (int second = 0; second < 60; second++) {
            frame(1, second * SECOND);
        }
        assertThat(told(new Cursor(ring, ALL, at(0)))).hasSize(60).containsOnly("usage");
        assertThat(told(new Cursor(ring, ALL, at(59)))).hasSize(1);
        assertThat(told(new Cursor(ring, ALL, at(60)))).isEmpty();
    }

    @Test
    void whatIsOlderThanWhatIsKeptIsAReset() {
        ring.open(at(0), at(0));
        frame(1, 0);
        frame(1, 30 * SECOND);
        frame(1, 61 * SECOND);
        EventStream stream = read(new Cursor(ring, ALL, at(0)));
        assertThat(stream.events()).extracting(Event::name).containsExactly("reset");
        assertThat(stream.events().get(0).data().path("reason").asString()).isEqualTo("too_far_back");
        assertThat(PositionText.parse(stream.events().get(0).id())).isEqualTo(at(3));
        assertThat(told(new Cursor(ring, ALL, at(1)))).containsExactly("usage", "usage");
    }

    @Test
    void theSizeBoundsWhatIsKeptAsTheTimeDoes() {
        ring.open(at(0), at(0));
        for (int i = 0; i < 20; i++) {
            frame(1_000);
        }
        assertThat(read(new Cursor(ring, ALL, at(1_000))).events().get(0).name())
                .isEqualTo("reset");
        assertThat(told(new Cursor(ring, ALL, at(19_000)))).containsExactly("usage");
    }

    @Test
    void aPositionInOtherTopicsIsAReset() {
        ring.open(at(0), at(0));
        frame(1);
        Position other = Position.of(new long[] {9, 2, 3}, new long[][] {{0}, {0}, {0}});
        Cursor cursor = new Cursor(ring, ALL, other);
        EventStream stream = read(cursor);
        assertThat(stream.events().get(0).data().path("reason").asString()).isEqualTo("other_topics");
        frame(1);
        assertThat(told(cursor)).containsExactly("usage");
    }

    @Test
    void recordsThatAreGoneAreAResetForAllWhoReadAlong() {
        ring.open(at(0), at(0));
        Cursor cursor = new Cursor(ring, ALL, null);
        assertThat(told(cursor)).isEmpty();
        frame(1);
        ring.add(new Gap(Reset.RECORDS_GONE, at(7)), 0);
        assertThat(told(cursor)).containsExactly("usage", "reset");
        assertThat(told(new Cursor(ring, ALL, at(1)))).containsExactly("reset");
        assertThat(told(new Cursor(ring, ALL, at(7)))).isEmpty();
    }

    @Test
    void whoComesFirstAfterATopicWasMadeAgainBeginsInTheNewOne() {
        ring.open(at(0), at(90));
        Position made = Position.of(new long[] {9, 2, 3}, new long[][] {{0}, {0}, {0}});
        ring.add(new Gap(Reset.OTHER_TOPICS, made), 0);
        Cursor cursor = new Cursor(ring, ALL, null);
        assertThat(told(cursor)).isEmpty();
        assertThat(cursor.at()).isEqualTo(made);
        assertThat(ring.isLive()).isTrue();
    }

    @Test
    void aReaderWhoseNextFrameIsGoneHasFallenBehind() {
        ring.open(at(0), at(0));
        Cursor cursor = new Cursor(ring, ALL, null);
        assertThat(told(cursor)).isEmpty();
        frame(1, 0);
        assertThat(cursor.hasFallenBehind()).isFalse();
        frame(1, 61 * SECOND);
        frame(1, 62 * SECOND);
        assertThat(cursor.hasFallenBehind()).isTrue();
    }

    @Test
    void whoKnowsMoreThanWasEverWrittenIsToldSoInTheEnd() {
        ring.open(at(0), at(0));
        Cursor cursor = new Cursor(ring, ALL, at(50));
        frame(2);
        assertThat(told(cursor)).isEmpty();
        assertThat(cursor.isAhead()).isTrue();
        EventStream stream = new EventStream();
        stream.read(cursor.giveUp());
        assertThat(stream.events().get(0).data().path("reason").asString()).isEqualTo("ahead_of_the_topics");
        frame(1);
        assertThat(told(cursor)).containsExactly("usage");
        assertThat(cursor.isAhead()).isFalse();
    }

    @Test
    void whatIsTakenAtOnceIsBounded() {
        ring.open(at(0), at(0));
        Cursor cursor = new Cursor(ring, ALL, at(0));
        for (int i = 0; i < 100; i++) {
            frame(1);
        }
        int bytes = cursor.take(2_000).stream().mapToInt(text -> text.length).sum();
        assertThat(bytes).isBetween(2_000, 3_000);
        assertThat(cursor.isAtEnd()).isFalse();
    }

    @Test
    void whoAsksAlikeIsToldTheSameBytes() {
        ring.open(at(0), at(0));
        frame(1);
        byte[] one = new Cursor(ring, ALL, at(0)).take(ENOUGH).get(1);
        LiveQuestion alike = new LiveQuestion(null, null, null, null, null);
        assertThat(new Cursor(ring, alike, at(0)).take(ENOUGH).get(1)).isSameAs(one);
        LiveQuestion other = new LiveQuestion("acme", null, null, null, null);
        assertThat(new Cursor(ring, other, at(0)).take(ENOUGH).get(1)).isNotSameAs(one);
    }

    private void frame(int records) {
        frame(records, 0);
    }

    private void frame(int records, long nanos) {
        for (int i = 0; i < records; i++, offset++) {
            builder.add(RandomResumesTest.usage("acme", "gpt-4o", Decimal.ONE), 0, offset, 0);
        }
        ring.add(builder.cut(at(offset)), nanos);
    }

    private static List<String> told(Cursor cursor) {
        return read(cursor).events().stream().map(Event::name).toList();
    }

    private static EventStream read(Cursor cursor) {
        EventStream stream = new EventStream();
        List<byte[]> told;
        do {
            told = cursor.take(ENOUGH);
            told.forEach(stream::read);
        } while (!told.isEmpty());
        return stream;
    }

    private static Position at(long offset) {
        return Position.of(new long[] {1, 2, 3}, new long[][] {{offset}, {0}, {0}});
    }
}
