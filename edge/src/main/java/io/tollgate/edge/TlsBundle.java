package io.tollgate.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;

/**
 * The certificate that is served. Its files are looked at from time to time, by what is in them: so links that are turned,
 * as Kubernetes does, and files on a network are seen as well. A pair that can't be used, half replaced say, is told of once
 * and the one before goes on. A service that can't begin with its pair does not start.
 */
final class TlsBundle implements SslBundleRegistrar, AutoCloseable {
    static final String NAME = "tollgate";

    private static final Logger LOG = LoggerFactory.getLogger(TlsBundle.class);

    private final EdgeSettings.Tls settings;
    private @Nullable ScheduledExecutorService watch;
    private @Nullable PemPair seen;
    private @Nullable String failure;

    TlsBundle(EdgeSettings.Tls settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void registerBundles(SslBundleRegistry registry) {
        Path certificate = settings.certificate();
        Path privateKey = settings.privateKey();
        if (certificate == null && privateKey == null) {
            return;
        }
        if (certificate == null || privateKey == null) {
            throw refused("one of the two is not set");
        }
        registry.registerBundle(NAME, first(certificate, privateKey));
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tls-files");
            thread.setDaemon(true);
            return thread;
        });
        long millis = settings.reload().toMillis();
        var unused = watch.scheduleWithFixedDelay(
                () -> look(registry, certificate, privateKey), millis, millis, TimeUnit.MILLISECONDS);
    }

    private SslBundle first(Path certificate, Path privateKey) {
        try {
            PemPair pair = PemPair.read(certificate, privateKey);
            SslBundle bundle = pair.bundle();
            seen = pair;
            return bundle;
        } catch (IOException e) {
            throw refused("a file can't be read: " + e);
        } catch (RuntimeException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static RefusedStartException refused(String why) {
        return new RefusedStartException(
                "HTTPS can't be served with tollgate.tls.certificate and tollgate.tls.private-key: " + why,
                "Name two PEM files that belong together, readable by this process; or neither, for HTTP.");
    }

    /** Never throws: the schedule would end. */
    private synchronized void look(SslBundleRegistry registry, Path certificate, Path privateKey) {
        try {
            PemPair pair = PemPair.read(certificate, privateKey);
            if (pair.equals(seen)) {
                failure = null;
                return;
            }
            registry.updateBundle(NAME, pair.bundle());
            seen = pair;
            failure = null;
            LOG.info("TLS: new connections are served with the certificate that is now in {}", certificate);
        } catch (IOException | RuntimeException e) {
            complain(certificate, privateKey, e instanceof IOException ? e.toString() : String.valueOf(e.getMessage()));
        }
    }

    private void complain(Path certificate, Path privateKey, String why) {
        if (!why.equals(failure)) {
            failure = why;
            LOG.error(
                    "TLS: {} and {} can't be used, the certificate before them is served on: {}",
                    certificate,
                    privateKey,
                    why);
        }
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
