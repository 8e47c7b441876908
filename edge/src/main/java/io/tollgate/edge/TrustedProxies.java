package io.tollgate.edge;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from: the connection's other end or, where that is a proxy that is trusted, whom it names. Anybody
 * can send {@code X-Forwarded-For}; what a trusted proxy has added stands at its end, so it is read from there.
 */
final class TrustedProxies {
    private final List<IpSubnetFilterRule> networks;

    /** @param networks {@code 10.0.0.0/8}, or an address */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::rule).toList();
    }

    /**
     * The client's address.
     *
     * @param forwardedFor the request's {@code X-Forwarded-For}, each line of it
     */
    InetAddress client(InetAddress peer, List<String> forwardedFor) {
        if (networks.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(line -> hops.addAll(List.of(line.split(",", -1))));
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress named = address(hops.get(i).strip());
            if (named == null) {
                return client;
            }
            client = named;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(network -> network.matches(any));
    }

    private static IpSubnetFilterRule rule(String network) {
        int slash = network.indexOf('/');
        InetAddress address = address(
                slash < 0 ? network.strip() : network.substring(0, slash).strip());
        try {
            if (address != null) {
                int bits = address.getAddress().length * Byte.SIZE;
                int prefix = slash < 0
                        ? bits
                        : Integer.parseInt(network.substring(slash + 1).strip());
                return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(network), e);
        }
        throw new IllegalArgumentException(wrong(network));
    }

    private static String wrong(String network) {
        return "tollgate.trusted-proxies has '" + network + "'; it takes addresses and networks such as 10.0.0.0/8";
    }

    /** Without asking a name server. {@code 1.2.3.4}, {@code 1.2.3.4:5678}, {@code 2001:db8::1}, {@code [2001:db8::1]:5678}. */
    private static @Nullable InetAddress address(String text) {
        InetAddress plain = NetUtil.createInetAddressFromIpAddressString(text);
        if (plain != null) {
            return plain;
        }
        int port = text.lastIndexOf(':');
        return port < 0 ? null : NetUtil.createInetAddressFromIpAddressString(text.substring(0, port));
    }
}
