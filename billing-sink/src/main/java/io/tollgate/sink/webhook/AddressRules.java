package io.tollgate.sink.webhook;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a webhook may lead to: those of the public Internet. It looks at the address that is connected to, never at
 * a name or at how the address was spelt. After IANA's special-purpose registries (RFC 6890 and what came after it).
 */
final class AddressRules {
    private static final List<Prefix> NOT_PUBLIC_V4 = Prefix.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // Multicast, reserved and broadcast.
            "224.0.0.0/3");

    /** All that is handed out lies here; loopback, mapped IPv4, NAT64, ULA, link-local and multicast lie outside. */
    private static final Prefix PUBLIC_V6 = Prefix.of("2000::/3");

    /** Teredo and other protocols, documentation, 6to4 (an IPv4 address inside), documentation again. */
    private static final List<Prefix> NOT_PUBLIC_V6 =
            Prefix.all("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private AddressRules() {}

    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4
                ? NOT_PUBLIC_V4.stream().noneMatch(prefix -> prefix.covers(octets))
                : PUBLIC_V6.covers(octets) && NOT_PUBLIC_V6.stream().noneMatch(prefix -> prefix.covers(octets));
    }

    private record Prefix(int bits, BigInteger head) {
        static List<Prefix> all(String... written) {
            return Arrays.stream(written).map(Prefix::of).toList();
        }

        static Prefix of(String written) {
            String[] parts = written.split("/", 2);
            int bits = Integer.parseInt(parts[1]);
            return new Prefix(bits, head(NetUtil.createByteArrayFromIpAddressString(parts[0]), bits));
        }

        private static BigInteger head(byte[] octets, int bits) {
            return new BigInteger(1, octets).shiftRight(octets.length * Byte.SIZE - bits);
        }

        /** @param octets of the same kind of address */
        boolean covers(byte[] octets) {
            return head(octets, bits).equals(head);
        }
    }
}
