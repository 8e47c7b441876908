package io.tollgate.schemas.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Readers of several topics, each begun once the one before it has caught up: what the later ones say is about what the
 * earlier ones told.
 */
public final class ReadersInTurn implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ConfigTable<?> first;
    private final List<Supplier<TopicReader<?>>> then;
    private final Thread starter = new Thread(this::start, "readers in turn");
    private volatile List<TopicReader<?>> begun = List.of();
    private volatile boolean closed;

    private ReadersInTurn(ConfigTable<?> first, List<Supplier<TopicReader<?>>> then) {
        this.first = first;
        this.then = then;
        starter.setDaemon(true);
    }

    /** Returns at once; the first reader begins when the table has caught up. */
    public static ReadersInTurn after(ConfigTable<?> first, List<Supplier<TopicReader<?>>> then) {
        ReadersInTurn readers = new ReadersInTurn(first, List.copyOf(then));
        readers.starter.start();
        return readers;
    }

    /** Whether all have caught up. Once true, stays true. */
    public boolean caughtUp() {
        List<TopicReader<?>> all = begun;
        return all.size() == then.size() && all.stream().allMatch(TopicReader::caughtUp);
    }

    /** Closes the readers; the table is somebody else's. */
    @Override
    public void close() {
        closed = true;
        starter.interrupt();
        try {
            starter.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        begun.forEach(TopicReader::close);
    }

    private void start() {
        boolean ready = first.caughtUp();
        while (!ready && isOpen()) {
            ready = first.awaitCaughtUp(GLANCE);
        }
        for (Supplier<TopicReader<?>> next : then) {
            if (!isOpen()) {
                return;
            }
            TopicReader<?> reader = next.get();
            List<TopicReader<?>> more = new ArrayList<>(begun);
            more.add(reader);
            begun = List.copyOf(more);
            while (!reader.caughtUp() && isOpen()) {
                boolean ignored = reader.awaitCaughtUp(GLANCE);
            }
        }
    }

    private boolean isOpen() {
        return !closed && !Thread.currentThread().isInterrupted();
    }
}
