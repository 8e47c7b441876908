package io.tollgate.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every service asks after a secret was wrong, and only then: whether that address has sent too many. */
public final class FailedAuthentications {
    public static final String FORWARDED_FOR = "x-forwarded-for";

    private static final Logger LOG = LoggerFactory.getLogger(FailedAuthentications.class);
    /** A megabyte or so. */
    private static final int MOST_ADDRESSES = 10_000;

    private final EdgeSettings.FailedAuthenticationsLimit limit;
    private final FailedAttempts attempts;
    private final TrustedProxies proxies;
    private final Counter refused;
    private final Counter limited;

    FailedAuthentications(EdgeSettings settings, MeterRegistry meters) {
        this.limit = settings.failedAuthentications();
        this.attempts = new FailedAttempts(limit.limit(), limit.window(), MOST_ADDRESSES);
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.refused = counter(meters, "401");
        this.limited = counter(meters, "429");
    }

    private static Counter counter(MeterRegistry meters, String status) {
        return Counter.builder("tollgate.failed.authentications")
                .description("Requests with a secret that is not in force, by what they were answered")
                .tag("status", status)
                .register(meters);
    }

    /**
     * Counts one more wrong secret.
     *
     * @param peer the connection's other end
     * @param forwardedFor the request's {@value #FORWARDED_FOR}, each line of it
     * @return 0: answer it with 401; else with 429 and these seconds in {@code Retry-After}
     */
    public long retryAfter(@Nullable SocketAddress peer, List<String> forwardedFor) {
        InetAddress address = peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? proxies.client(inet.getAddress(), forwardedFor)
                : null;
        FailedAttempts.Count count = attempts.count(address, System.nanoTime());
        if (count.isFirstOver()) {
            LOG.warn(
                    "{} has sent more than {} wrong secrets within {}: further ones are answered with 429",
                    address == null ? "an unknown address" : address.getHostAddress(),
                    limit.limit(),
                    limit.window());
        }
        (count.retryAfter() == 0 ? refused : limited).increment();
        return count.retryAfter();
    }

    /** Why, for the body of such a 429. */
    public static String explain(String detail, long retryAfter) {
        return detail + "; too many wrong secrets came from this address, try again in " + retryAfter + " s";
    }
}
