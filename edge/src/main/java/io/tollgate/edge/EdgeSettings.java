package io.tollgate.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of every service's HTTP side.
 *
 * @param tls the certificate of HTTPS; none: HTTP
 * @param failedAuthentications how many wrong secrets an address may send
 * @param trustedProxies addresses and networks, {@code 10.0.0.0/8} say, whose {@code X-Forwarded-For} is believed when
 *     failed attempts are counted; none: nobody's
 */
@ConfigurationProperties("tollgate")
public record EdgeSettings(
        @DefaultValue Tls tls,
        @DefaultValue FailedAuthenticationsLimit failedAuthentications,
        @DefaultValue List<String> trustedProxies) {

    /**
     * PEM files.
     *
     * @param certificate the certificate, those of its issuers behind it
     * @param privateKey its key, PKCS#8, without a password
     * @param reload how often the files are looked at: a new pair is taken for new connections, without a restart
     */
    public record Tls(@Nullable Path certificate, @Nullable Path privateKey, @DefaultValue("10s") Duration reload) {
        public Tls {
            require(reload.toMillis() >= 100, "tollgate.tls.reload must be 100ms or more");
        }
    }

    /**
     * When attempts with wrong secrets are answered with 429. A right one is always let in.
     *
     * @param limit wrong secrets of one address within the window; 0: no limit
     * @param window counted from the first of them
     */
    public record FailedAuthenticationsLimit(@DefaultValue("20") int limit, @DefaultValue("1m") Duration window) {
        public FailedAuthenticationsLimit {
            require(limit >= 0, "tollgate.failed-authentications.limit must be 0 or more");
            require(window.toSeconds() >= 1, "tollgate.failed-authentications.window must be 1s or more");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
