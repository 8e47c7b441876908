package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

    @Test
    void aStrangersWordIsNotBelieved() {
        assertThat(client("198.51.100.1", "203.0.113.9")).isEqualTo("198.51.100.1");
        assertThat(client(new TrustedProxies(List.of()), "10.0.0.1", "203.0.113.9"))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void aTrustedProxyNamesItsClient() {
        assertThat(client("10.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client("192.0.2.7", "203.0.113.9:40123")).isEqualTo("203.0.113.9");
        assertThat(client("fd00::1", "[2001:db8::5]:443")).isEqualTo("2001:db8:0:0:0:0:0:5");
    }

    @Test
    void whatTheClientWroteItselfStandsBeforeWhatTheProxyAdded() {
        assertThat(client("10.0.0.1", "1.1.1.1, 203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.2.3.4")).isEqualTo("203.0.113.9");
        assertThat(client("10.0.0.1", "1.1.1.1", "203.0.113.9,10.2.3.4")).isEqualTo("203.0.113.9");
    }

    @Test
    void whatIsNoAddressEndsTheSearch() {
        assertThat(client("10.0.0.1", "203.0.113.9, unknown")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "203.0.113.9, example.com, 10.2.3.4")).isEqualTo("10.2.3.4");
        assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void aNetworkThatIsNoneIsRefused() {
        for (String wrong : List.of("proxy.example", "10.0.0.0/99", "10.0.0.0/x", "/8", "")) {
            assertThatThrownBy(() -> new TrustedProxies(List.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tollgate.trusted-proxies has '" + wrong + "'");
        }
    }

    private String client(String peer, String... forwardedFor) {
        return client(proxies, peer, forwardedFor);
    }

    private static String client(TrustedProxies proxies, String peer, String... forwardedFor) {
        return proxies.client(
                        Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(peer)),
                        List.of(forwardedFor))
                .getHostAddress();
    }
}
