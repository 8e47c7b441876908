package io.tollgate.gateway.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Before a server that is told to end listens no more it goes on answering for a moment: it is not ready, which load
 * balancers see, and each answer says that its connection ends with it. A connection that is kept open and closed in the
 * very moment in which its client sends on it would leave a request without an answer.
 */
public final class Draining implements SmartLifecycle {
    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    public Draining(Duration time) {
        this.time = time;
    }

    /** A server that tells of the end of its connections. */
    public HttpServer apply(HttpServer server) {
        return server.mapHandle((handled, connection) -> {
            if (draining && connection instanceof HttpServerResponse response) {
                response.keepAlive(false);
            }
            return handled;
        });
    }

    /** Stopped before everything else, the server too. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        running = false;
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
