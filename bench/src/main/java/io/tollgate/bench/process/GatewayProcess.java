package io.tollgate.bench.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A gateway in a process of its own. */
public final class GatewayProcess implements ServerProcess {
    private static final String HEAP = "1g";

    private final Child child;

    private GatewayProcess(Child child) {
        this.child = child;
    }

    public static GatewayProcess start(Servers servers) throws IOException {
        Endpoints at = servers.endpoints();
        return new GatewayProcess(Child.start(
                GatewayMain.class,
                HEAP,
                servers.folder("gateway"),
                List.of(
                        "--kafka=" + at.kafka(),
                        "--registry=" + at.registry(),
                        "--server.port=0",
                        "--tollgate.price-book=none",
                        "--logging.level.org.apache.kafka=ERROR")));
    }

    @Override
    public int port() {
        return Integer.parseInt(child.ready());
    }

    @Override
    public Duration cpu() {
        return child.cpu();
    }

    @Override
    public void close() {
        child.close();
    }
}
