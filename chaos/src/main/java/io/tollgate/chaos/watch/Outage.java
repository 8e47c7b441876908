package io.tollgate.chaos.watch;

import io.tollgate.chaos.part.Await;
import io.tollgate.chaos.part.Database;
import io.tollgate.schemas.topic.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Counts what comes while the sink can write nothing, and then how fast it catches up. */
public final class Outage {
    private static final long SECOND = 1_000_000_000L;

    private final Watch watch;
    private final Database database;
    private final Duration limit;
    private final long since = System.nanoTime();
    private final long endsBefore;

    Outage(Watch watch, Database database, Duration limit) throws InterruptedException, TimeoutException {
        this.watch = watch;
        this.database = database;
        this.limit = limit;
        this.endsBefore = ends();
    }

    /** Returns when the sink has caught up with the load; to be asked as soon as it can write again. */
    public CatchUp caughtUp() throws InterruptedException, TimeoutException, SQLException {
        long again = System.nanoTime();
        long end = ends();
        long live = (end - endsBefore) * SECOND / (again - since);
        try (Books books = new Books(database)) {
            long first = written(books);
            Await.until("the sink to catch up", limit, () -> ends() - written(books) <= live);
            long taken = written(books) - first;
            return CatchUp.of(end - first, taken, live, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - again));
        }
    }

    private long ends() throws InterruptedException, TimeoutException {
        return sum(watch.ends(limit, Topics.USAGE_RATED, IsolationLevel.READ_COMMITTED));
    }

    private static long written(Books books) throws SQLException {
        return sum(books.positions(Topics.USAGE_RATED.name()));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
