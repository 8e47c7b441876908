package io.tollgate.bench.single;

import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.process.Servers;
import java.util.List;

/** The {@link LeastServer} in a process of its own, with the gateway's heap. */
final class LeastProcess {
    private static final String HEAP = "1g";

    private LeastProcess() {}

    static ServerProcess start(Servers servers) throws Exception {
        Endpoints at = servers.endpoints();
        try (EventTopic topic = new EventTopic(at.kafka(), LeastServer.TOPIC)) {
            EventTopic unused = topic.create();
        }
        return new ServerProcess(Child.start(
                LeastServer.class, HEAP, servers.folder("least-server"), List.of(at.kafka(), at.registry())));
    }
}
