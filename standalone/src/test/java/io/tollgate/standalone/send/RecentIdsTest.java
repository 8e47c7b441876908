package io.tollgate.standalone.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecentIdsTest {
    private final RecentIds recent = new RecentIds();

    @Test
    void anEventIsItsSourceAndItsId() {
        assertThat(identity("{\"source\":\"a\",\"id\":\"b\"}"))
                .isEqualTo(identity("{\"id\":\"b\",\"source\":\"a\",\"data\":{}}"))
                .isNotEqualTo(identity("{\"source\":\"b\",\"id\":\"a\"}"))
                .isNotEqualTo(identity("{\"source\":\"ab\",\"id\":\"\"}"));
        assertThat(identity("{\"source\":\"a\"}")).isZero();
        assertThat(recent.isRepeated(0)).isFalse();
        assertThat(recent.isRepeated(0)).isFalse();
    }

    @Test
    void theLastHalfMillionIsKnownAndTheMemoryIsBounded() {
        int many = 1_600_000;
        for (long i = 1; i <= many; i++) {
            assertThat(recent.isRepeated(mixed(i))).isFalse();
        }
        for (long i = many - 500_000L + 1; i <= many; i += 1_000) {
            assertThat(recent.isRepeated(mixed(i))).as("%s", i).isTrue();
        }
        assertThat(recent.isRepeated(mixed(1))).isFalse();
    }

    private static long mixed(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }

    private static long identity(String event) {
        return RecentIds.identity(JsonMapper.shared().readTree(event));
    }
}
