package io.tollgate.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2001:200::1",
                "2a00:1450:4001::1"
            })
    void whatIsPublicMayBeCalled(String literal) throws UnknownHostException {
        assertThat(AddressRules.isPublic(address(literal))).as(literal).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotMayNot(String literal) throws UnknownHostException {
        assertThat(AddressRules.isPublic(address(literal))).as(literal).isFalse();
    }

    /** However a host is spelt, what counts is the address that it leads to. Spellings that are no address are no host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "[::1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:127.0.0.1]",
                "169.254.169.254",
                "0"
            })
    void oddNotationsLeadNowhere(String host) {
        try (CheckedResolver resolver = new CheckedResolver(AddressRules::isPublic)) {
            assertThatThrownBy(() -> resolver.addresses(InetSocketAddress.createUnresolved(host, 80)))
                    .as(host)
                    .isInstanceOfAny(RefusedAddressException.class, UnknownHostException.class);
        }
    }

    /** C reads an octal number there and Java a decimal one: what is connected to is what Java read and checked. */
    @Test
    void anOctalNumberIsADecimalOne() throws UnknownHostException {
        try (CheckedResolver resolver = new CheckedResolver(AddressRules::isPublic)) {
            assertThat(resolver.addresses(InetSocketAddress.createUnresolved("0177.0.0.1", 80)))
                    .containsExactly(new InetSocketAddress(address("177.0.0.1"), 80));
        }
    }

    @Test
    void anAddressThatCameAsSuchIsCheckedLikeAName() {
        try (CheckedResolver resolver = new CheckedResolver(AddressRules::isPublic)) {
            assertThatThrownBy(() -> resolver.addresses(new InetSocketAddress("10.1.2.3", 80)))
                    .isInstanceOf(RefusedAddressException.class)
                    .hasMessageContaining("10.1.2.3")
                    .hasMessageContaining("tollgate.webhooks.allow-private");
        }
    }

    @Test
    void ofANamesAddressesTheAllowedOnesAreConnectedTo() throws UnknownHostException {
        InetAddress loopback = address("127.0.0.1");
        try (CheckedResolver resolver = new CheckedResolver(loopback::equals)) {
            assertThat(resolver.addresses(InetSocketAddress.createUnresolved("localhost", 8443)))
                    .containsExactly(new InetSocketAddress(loopback, 8443));
        }
    }
}
