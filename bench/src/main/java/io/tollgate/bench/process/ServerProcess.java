package io.tollgate.bench.process;

import java.io.IOException;
import java.time.Duration;

/** Something that listens on this machine, in a process of its own that {@link #hold holds} its side of it. */
public final class ServerProcess implements AutoCloseable {
    private static final String ALLOCATED = "allocated";

    private final Child child;

    /** The server that a child has started: it holds. */
    public ServerProcess(Child child) {
        this.child = child;
    }

    /** The child's side: says that it listens, and answers until its parent has no more to ask. */
    public static void hold(String port) throws Exception {
        Allocation allocation = Allocation.start();
        Conversation.hold(port, command -> command.equals(ALLOCATED) ? Long.toString(allocation.take()) : "what?");
    }

    public int port() {
        return Integer.parseInt(child.ready());
    }

    /** CPU time of the process so far, to a hundredth of a second. */
    public Duration cpu() {
        return child.cpu();
    }

    /** Bytes of heap that its threads have allocated since this was asked last. */
    public long allocated() throws IOException {
        return Long.parseLong(child.ask(ALLOCATED));
    }

    @Override
    public void close() {
        child.close();
    }
}
