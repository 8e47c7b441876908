package io.tollgate.usageapi.database;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.schemas.database.RootMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replica's pool. One that gave no connection is left alone for a while, so that not every question waits for it. */
final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(5).toNanos();

    private final HikariDataSource pool;
    private volatile boolean away;
    private volatile long askAgain;

    Replica(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Null while it gives none. */
    @Nullable
    Connection connection() {
        if (away && System.nanoTime() - askAgain < 0) {
            return null;
        }
        try {
            Connection connection = pool.getConnection();
            if (away) {
                away = false;
                LOG.info("the replica answers");
            }
            return connection;
        } catch (SQLException e) {
            askAgain = System.nanoTime() + LEFT_ALONE_NANOS;
            if (!away) {
                away = true;
                LOG.warn("the replica can't be asked, the primary is: {}", RootMessage.of(e));
            }
            return null;
        }
    }

    boolean isAway() {
        return away;
    }

    @Override
    public void close() {
        pool.close();
    }
}
