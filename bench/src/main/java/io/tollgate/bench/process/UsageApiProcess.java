package io.tollgate.bench.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A usage-api in a process of its own. */
public final class UsageApiProcess implements AutoCloseable {
    private final Child child;

    private UsageApiProcess(Child child) {
        this.child = child;
    }

    /**
     * Returns when it is ready.
     *
     * @param heap all that it may have, {@code 192m} say
     */
    public static UsageApiProcess start(Servers servers, String heap, String adminToken) throws IOException {
        Endpoints at = servers.endpoints();
        return new UsageApiProcess(Child.start(
                UsageApiMain.class,
                heap,
                servers.folder("usage-api"),
                List.of(
                        "--kafka=" + at.kafka(),
                        "--registry=" + at.registry(),
                        "--postgres=" + at.postgres(),
                        "--tollgate.postgres-user=" + at.user(),
                        "--server.port=0",
                        "--logging.level.org.apache.kafka=ERROR"),
                Map.of("TOLLGATE_POSTGRES_PASSWORD", at.password(), "TOLLGATE_ADMIN_TOKEN", adminToken)));
    }

    public int port() {
        return Integer.parseInt(child.ready());
    }

    /** Bytes of its heap that are in use after a full collection. */
    public long collect() throws IOException {
        return Long.parseLong(child.ask("collect"));
    }

    /** The most bytes that any collection since {@link #collect} has left in use. */
    public long most() throws IOException {
        return Long.parseLong(child.ask("most"));
    }

    @Override
    public void close() {
        child.close();
    }
}
