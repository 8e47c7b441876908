package io.tollgate.chaos;

import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.load.Doors;
import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.load.UnexpectedAnswerException;
import io.tollgate.chaos.part.Await;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.chaos.report.Struck;
import io.tollgate.chaos.watch.Watch;
import io.tollgate.oracle.Deployment;
import io.tollgate.oracle.Oracle;
import io.tollgate.oracle.Verdict;
import io.tollgate.schemas.topic.Groups;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * One run: starts the system and the load, disturbs it, waits until the books are settled and has the oracle judge them.
 * One disturbance follows the other once all goes on again, at a random moment.
 */
public final class ChaosRun {
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(5);

    private final Settings settings;
    private final Path folder;
    private final Path logs;
    private final Random random;
    private final List<Struck> struck = new ArrayList<>();

    /**
     * What is to be done.
     *
     * @param events that are to be acknowledged at least
     * @param limit after which no disturbance begins any more
     * @param quiet most time between two disturbances
     */
    public record Settings(
            long seed,
            Layout layout,
            Load.Plan load,
            long events,
            Duration limit,
            Duration quiet,
            Disturbances disturbances) {}

    /** Which disturbances, one after the other. */
    @FunctionalInterface
    public interface Disturbances {
        Iterator<Disturbance> of(TollgateSystem system, Random random);
    }

    /**
     * Where.
     *
     * @param folder of the data
     * @param logs of the processes; they stay
     */
    public ChaosRun(Settings settings, Path folder, Path logs) {
        this.settings = settings;
        this.folder = folder;
        this.logs = logs;
        this.random = new Random(settings.seed());
    }

    public ChaosReport run()
            throws IOException, InterruptedException, ExecutionException, TimeoutException, SQLException,
                    UnexpectedAnswerException {
        Path sent = logs.resolve("sent.ndjson");
        long started = System.nanoTime();
        try (TollgateSystem system = TollgateSystem.start(settings.layout(), folder, logs)) {
            say("ready after " + since(started));
            Doors doors = new Doors(system.gateways(), system.usageApi(), system.adminToken());
            try (Load load = new Load(settings.load(), doors, sent)) {
                load.configure();
                long ready = System.nanoTime();
                load.start();
                try (Watch watch = new Watch(system, load)) {
                    disturb(system, watch, load, ready);
                }
                Await.until("enough events", settings.limit(), () -> load.acknowledged() >= settings.events());
                load.finish();
                Duration loaded = since(ready);
                say(load.acknowledged() + " submissions acknowledged in " + loaded + ", " + load.retries()
                        + " batches sent again, " + load.priceChanges() + " price changes");
                Duration settled = awaitSettled(doors, load.acknowledged());
                say("settled after " + settled);
                Verdict verdict = Oracle.check(deployment(system), sent);
                say("judged after " + since(started));
                return new ChaosReport(
                        settings.seed(),
                        settings.layout(),
                        load.acknowledged(),
                        load.retries(),
                        load.priceChanges(),
                        loaded,
                        settled,
                        List.copyOf(struck),
                        load.unexpected(),
                        verdict);
            }
        }
    }

    private void disturb(TollgateSystem system, Watch watch, Load load, long ready)
            throws InterruptedException, ExecutionException, TimeoutException {
        Iterator<Disturbance> disturbances = settings.disturbances().of(system, random);
        while (disturbances.hasNext() && since(ready).compareTo(settings.limit()) < 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(settings.quiet().toMillis()));
            Disturbance disturbance = disturbances.next();
            long at = System.nanoTime();
            Disturbance.Mending mending = disturbance.strike(system);
            Watch.Recovering recovering = watch.begin(RECOVERY_LIMIT);
            TimeUnit.MILLISECONDS.sleep(disturbance.lasting().toMillis());
            mending.begin();
            Watch.Recovery recovery = recovering.await();
            mending.await();
            struck.add(new Struck(
                    disturbance.kind(),
                    disturbance.target(),
                    disturbance.kills(),
                    Duration.ofNanos(at - ready),
                    disturbance.lasting(),
                    recovery));
            say(struck.get(struck.size() - 1) + ", " + load.acknowledged() + " acknowledged");
        }
    }

    private static Duration awaitSettled(Doors doors, long acknowledged) throws InterruptedException, TimeoutException {
        return Await.until("the books to be settled", SETTLED_WITHIN, () -> {
            JsonNode balance = doors.balance();
            if (balance.get("accepted").asLong() >= acknowledged
                    && balance.get("in_flight").asLong(-1) == 0
                    && balance.get("settled").asBoolean(false)) {
                return true;
            }
            throw new IllegalStateException("the balance of " + acknowledged + " acknowledged is " + balance);
        });
    }

    private static Deployment deployment(TollgateSystem system) {
        return new Deployment(
                system.kafka(),
                system.registry(),
                system.database().jdbcUrl(),
                system.database().user(),
                system.database().password(),
                "tollgate",
                Groups.METERING);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime));
    }

    private static void say(String what) {
        System.out.println("chaos: " + what);
    }
}
