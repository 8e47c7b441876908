package io.tollgate.standalone;

import io.tollgate.edge.BindCheck;
import io.tollgate.edge.RefusedStartException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Where the four services' HTTP listens, and how they are asked from here. Kafka, PostgreSQL and the registry stay on
 * 127.0.0.1 whatever is said here.
 *
 * @param isTls whether they have a certificate
 */
record Bind(String address, boolean isTls) {
    static final String LOOPBACK = "127.0.0.1";
    private static final String CERTIFICATE = "TOLLGATE_TLS_CERTIFICATE";

    Bind {
        resolve(address);
    }

    /** With TLS, where the environment names a certificate: the services read it from there themselves. */
    static Bind to(String address, Map<String, String> environment) {
        return new Bind(address, !environment.getOrDefault(CERTIFICATE, "").isBlank());
    }

    /** Refuses an admin token that others could guess. */
    void require(String adminToken) {
        try {
            BindCheck.require("--bind", address, adminToken);
        } catch (RefusedStartException e) {
            throw new StartRefusedException(Blame.sentence(e), e);
        }
    }

    /** As it is reached from this machine. */
    URI url(int port) {
        InetAddress resolved = resolve(address);
        String host = resolved.isAnyLocalAddress() ? LOOPBACK : address;
        return URI.create(
                (isTls ? "https://" : "http://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--bind " + address + " is no address of this machine", e);
        }
    }
}
