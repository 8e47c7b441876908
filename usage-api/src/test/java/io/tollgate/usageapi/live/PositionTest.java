package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    private static final long[] TOPICS = {7, -8, Long.MIN_VALUE};

    @Test
    void anIdLeadsBackToItsPosition() {
        Position position = at(new long[] {0, 127, 128, Long.MAX_VALUE}, new long[] {5}, new long[0]);
        Position read = PositionText.parse(PositionText.of(position));
        assertThat(read).isEqualTo(position).hasToString(position.toString());
        assertThat(read.topic(Source.ALERT)).isEqualTo(Long.MIN_VALUE);
        assertThat(read.partitions(Source.USAGE)).isEqualTo(4);
    }

    @Test
    void itIsShortEnoughForAHeader() {
        long[] offsets = new long[100];
        java.util.Arrays.fill(offsets, 1_000_000_000L);
        assertThat(PositionText.of(at(offsets, offsets, offsets))).hasSizeLessThan(2_200);
        long[] six = {1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000};
        assertThat(PositionText.of(at(six, six, six))).hasSizeLessThan(130);
    }

    @Test
    void whatIsCutOffOrChangedIsNoId() {
        byte[] bytes = Base64.getUrlDecoder()
                .decode(PositionText.of(at(new long[] {1, 300}, new long[] {2, 3}, new long[] {4})));
        for (int length = 0; length < bytes.length; length++) {
            refused(java.util.Arrays.copyOf(bytes, length));
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x10;
            refused(changed);
        }
        refused(java.util.Arrays.copyOf(bytes, bytes.length + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "???", "null", "AAAA", "AQAAAAAAAAAA"})
    void nonsenseIsNoId(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PositionText.parse(text));
    }

    @Test
    void aPartitionThatWasNotThereHasNotBeenRead() {
        Position before = at(new long[] {4}, new long[0], new long[0]);
        Position grown = at(new long[] {4, 0}, new long[0], new long[0]);
        assertThat(before).isEqualTo(grown);
        assertThat(before.at(Source.USAGE, 1)).isZero();
        assertThat(before.with(Source.USAGE, 1, 3).at(Source.USAGE, 1)).isEqualTo(3);
        assertThat(before.covers(grown.with(Source.USAGE, 1, 1))).isFalse();
    }

    @Test
    void twoThatAreAheadOfEachOtherHaveAMaximum() {
        Position one = at(new long[] {4, 9}, new long[] {1}, new long[] {0});
        Position other = at(new long[] {7, 2}, new long[] {1}, new long[] {0, 3});
        assertThat(one.covers(other)).isFalse();
        assertThat(other.covers(one)).isFalse();
        Position both = one.max(other);
        assertThat(both).isEqualTo(at(new long[] {7, 9}, new long[] {1}, new long[] {0, 3}));
        assertThat(both.covers(one) && both.covers(other)).isTrue();
        assertThat(both.max(one)).isSameAs(both);
    }

    @Test
    void aTopicThatWasMadeAgainIsAnother() {
        Position one = at(new long[] {1}, new long[] {1}, new long[] {1});
        Position again = Position.of(new long[] {8, -8, Long.MIN_VALUE}, new long[][] {{1}, {1}, {1}});
        assertThat(one.isOfTopicsOf(again)).isFalse();
        assertThat(one).isNotEqualTo(again);
    }

    private static void refused(byte[] bytes) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PositionText.parse(text));
    }

    private static Position at(long[]... next) {
        return Position.of(TOPICS, next);
    }
}
