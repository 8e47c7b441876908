package io.tollgate.bench.process;

import java.io.IOException;
import java.util.List;

/** A gateway in a process of its own. */
public final class GatewayProcess {
    private static final String HEAP = "1g";

    private GatewayProcess() {}

    public static ServerProcess start(Servers servers) throws IOException {
        Endpoints at = servers.endpoints();
        return new ServerProcess(Child.start(
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
}
