package io.tollgate.bench.single;

import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.process.Servers;
import java.time.Duration;
import java.util.List;

/** The {@link LeastServer} in a process of its own, with the gateway's heap. */
final class LeastProcess implements ServerProcess {
    private static final String HEAP = "1g";

    private final Child child;

    private LeastProcess(Child child) {
        this.child = child;
    }

    static LeastProcess start(Servers servers) throws Exception {
        Endpoints at = servers.endpoints();
        try (EventTopic topic = new EventTopic(at.kafka(), LeastServer.TOPIC)) {
            EventTopic unused = topic.create();
        }
        return new LeastProcess(Child.start(
                LeastServer.class, HEAP, servers.folder("least-server"), List.of(at.kafka(), at.registry())));
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
