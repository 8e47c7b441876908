package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.tollgate.edge.FailedAttempts.Count;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private static final long SECOND = 1_000_000_000;

    private final FailedAttempts attempts = new FailedAttempts(3, Duration.ofMinutes(1), 4);
    /** As {@link System#nanoTime} may begin: about to overflow. */
    private long now = Long.MAX_VALUE - 30 * SECOND;

    @Test
    void upToTheLimitTheyArePlainFailures() {
        for (int i = 0; i < 3; i++) {
            assertThat(fail("192.0.2.1")).isEqualTo(new Count(false, 0));
        }
    }

    @Test
    void beyondItTheyWaitUntilTheWindowEnds() {
        fail("192.0.2.1", 3);
        now += 20 * SECOND;
        assertThat(fail("192.0.2.1")).isEqualTo(new Count(true, 40));
        now += 39 * SECOND + SECOND / 2;
        assertThat(fail("192.0.2.1")).isEqualTo(new Count(false, 1));
        now += SECOND / 2;
        assertThat(fail("192.0.2.1")).isEqualTo(new Count(false, 0));
    }

    @Test
    void tryingOnDoesNotMakeTheWaitLonger() {
        fail("192.0.2.1", 1_000);
        now += 60 * SECOND;
        assertThat(fail("192.0.2.1").retryAfter()).isZero();
    }

    @Test
    void anotherAddressIsNotConcerned() {
        fail("192.0.2.1", 10);
        assertThat(fail("192.0.2.2").retryAfter()).isZero();
        assertThat(fail("2001:db8::1").retryAfter()).isZero();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        fail("2001:db8:0:1::1", 3);
        assertThat(fail("2001:db8:0:1:ffff::9").retryAfter()).isPositive();
        assertThat(fail("2001:db8:0:2::1").retryAfter()).isZero();
    }

    @Test
    void ofMoreAddressesThanItKeepsTheOldestIsForgotten() {
        fail("192.0.2.1", 10);
        for (int i = 2; i <= 200; i++) {
            fail("192.0.2." + i);
            assertThat(attempts.addresses()).isLessThanOrEqualTo(4);
        }
        assertThat(fail("192.0.2.1").retryAfter()).isZero();
        assertThat(fail("192.0.2.200")).isEqualTo(new Count(false, 0));
    }

    @Test
    void whatIsOverIsForgotten() {
        fail("192.0.2.1");
        fail("192.0.2.2");
        now += 60 * SECOND;
        fail("192.0.2.3");
        assertThat(attempts.addresses()).isEqualTo(1);
    }

    @Test
    void withoutALimitNobodyWaits() {
        FailedAttempts none = new FailedAttempts(0, Duration.ofMinutes(1), 4);
        for (int i = 0; i < 100; i++) {
            assertThat(none.count(address("192.0.2.1"), now).retryAfter()).isZero();
        }
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            fail(address);
        }
    }

    private Count fail(String address) {
        return attempts.count(address(address), now);
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(text));
    }
}
