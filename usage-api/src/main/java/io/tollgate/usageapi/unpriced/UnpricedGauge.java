package io.tollgate.usageapi.unpriced;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * {@code tollgate_unpriced_events}: events of the last 35 days that have no price, of all companies, by provider, model
 * and code (why); those with the most. A thread of its own asks the database, so a scrape never waits for it; while it does
 * not answer there are no series, since what is not known is not 0.
 */
@Component
final class UnpricedGauge implements InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(UnpricedGauge.class);
    /** Models' names are the clients' own: without a bound one client could fill the memory of whoever scrapes. */
    private static final int MOST_MODELS = 50;

    private final Database database;
    private final Clock clock;
    private final MultiGauge gauge;
    private final long everyMs;
    private volatile boolean answered;
    private final ScheduledExecutorService thread;

    UnpricedGauge(Database database, Clock clock, MeterRegistry meters, UsageApiSettings settings) {
        this.database = database;
        this.clock = clock;
        this.everyMs = settings.unpricedRefresh().toMillis();
        this.gauge = MultiGauge.builder("tollgate.unpriced.events")
                .description("Events of the last 35 days that have no price")
                .register(meters);
        Gauge.builder("tollgate.database.answers", this, own -> own.answered ? 1 : 0)
                .description("Whether the database answered when the unpriced events were last counted")
                .register(meters);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "unpriced-gauge");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    @Override
    public void afterPropertiesSet() {
        var unused = thread.scheduleWithFixedDelay(this::refresh, 0, everyMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    private void refresh() {
        try {
            gauge.register(database.readSnapshot(this::read), true);
            answered = true;
        } catch (SQLException | RuntimeException e) {
            // Health says that the database is away. A task that throws would never run again.
            LOG.debug("the events without a price are not known: {}", e.toString());
            answered = false;
            gauge.register(List.of(), true);
        }
    }

    private List<MultiGauge.Row<?>> read(Connection connection) throws SQLException {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        try (PreparedStatement statement = UnpricedSql.most(clock.instant().minus(UnpricedQuestion.USUAL), MOST_MODELS)
                        .prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("provider", row.getString(1), "model", row.getString(2), "code", row.getString(3)),
                        row.getLong(4)));
            }
        }
        return rows;
    }
}
