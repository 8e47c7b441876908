package io.tollgate.chaos;

import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.load.Answered;
import io.tollgate.chaos.load.Answers;
import io.tollgate.chaos.load.Doors;
import io.tollgate.chaos.load.Load;
import io.tollgate.chaos.load.UnexpectedAnswerException;
import io.tollgate.chaos.part.Await;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.chaos.report.ChaosReport;
import io.tollgate.chaos.report.Struck;
import io.tollgate.chaos.watch.Books;
import io.tollgate.chaos.watch.CatchUp;
import io.tollgate.chaos.watch.Footprints;
import io.tollgate.chaos.watch.Outage;
import io.tollgate.chaos.watch.Watch;
import io.tollgate.oracle.Oracle;
import io.tollgate.oracle.Verdict;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run: starts the system and the load, disturbs it, waits until the books are settled and has the oracle judge them.
 * One disturbance follows the other once all goes on again, at a random moment.
 */
public final class ChaosRun {
    /** Only what never comes back takes longer, however busy the machine is. */
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(5);

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);

    private final Settings settings;
    private final Path folder;
    private final Path logs;
    private final Random random;

    /**
     * What is to be done.
     *
     * @param events that are to be acknowledged at least
     * @param limit from the moment that everything is ready, for all disturbances and events
     * @param quiet most time between two disturbances
     * @param patience how long the next disturbance waits until all goes on again
     */
    public record Settings(
            long seed,
            Layout layout,
            Load.Plan load,
            long events,
            Duration limit,
            Duration quiet,
            Duration patience,
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
                List<Struck> struck;
                Duration reached;
                Footprints footprints = new Footprints();
                footprints.look(system);
                try (Watch watch = new Watch(system, load)) {
                    List<Pending> disturbed = disturb(system, watch, load, footprints, ready);
                    Await.until(
                            "enough events",
                            settings.limit().minus(since(ready)),
                            () -> load.acknowledged() >= settings.events());
                    reached = since(ready);
                    struck = recovered(disturbed);
                }
                load.finish();
                footprints.look(system);
                Duration loaded = since(ready);
                say(load.acknowledged() + " submissions acknowledged in " + loaded + ", " + load.retries()
                        + " batches sent again, " + load.priceChanges() + " price changes");
                Duration settled = awaitSettled(doors, load.acknowledged());
                say("settled after " + settled);
                Verdict verdict = Oracle.check(system.deployment(), sent);
                say("judged after " + since(started));
                return new ChaosReport(
                        settings.seed(),
                        settings.layout(),
                        load.acknowledged(),
                        load.retries(),
                        load.priceChanges(),
                        reached,
                        loaded,
                        settled,
                        struck,
                        footprints.all(),
                        load.unexpected(),
                        doubled(system),
                        verdict);
            }
        }
    }

    private List<Pending> disturb(TollgateSystem system, Watch watch, Load load, Footprints footprints, long ready)
            throws InterruptedException, ExecutionException, TimeoutException, SQLException {
        Iterator<Disturbance> disturbances = settings.disturbances().of(system, random);
        List<Pending> pending = new ArrayList<>();
        while (disturbances.hasNext() && since(ready).compareTo(settings.limit()) < 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(settings.quiet().toMillis()));
            Disturbance disturbance = disturbances.next();
            footprints.look(system);
            Duration limit = disturbance.lasting().plus(RECOVERY_LIMIT);
            Outage outage = disturbance.delaysBooks() ? watch.outage(limit) : null;
            Answers.Stretch answers = load.observe();
            Duration at = since(ready);
            Disturbance.Mending mending = disturbance.strike(system);
            Watch.Recovering recovering = watch.begin(limit);
            say(at + ": " + disturbance.kind() + ", " + disturbance.target() + ", for " + disturbance.lasting());
            TimeUnit.MILLISECONDS.sleep(disturbance.lasting().toMillis());
            mending.begin();
            CatchUp catchUp = outage == null ? null : outage.caughtUp();
            recovering.await(disturbance.lasting().plus(settings.patience()));
            awaitReady(mending, settings.patience());
            Answered answered = answers.end();
            say(since(ready) + ": " + load.acknowledged() + " acknowledged, " + answered);
            pending.add(new Pending(disturbance, at, mending, recovering, answered, catchUp));
        }
        return pending;
    }

    /** While the load still goes on: without it nothing would be seen to go on. */
    private static List<Struck> recovered(List<Pending> disturbed)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Struck> struck = new ArrayList<>();
        for (Pending each : disturbed) {
            each.mending().await(RECOVERY_LIMIT);
            struck.add(Struck.of(
                    each.disturbance(), each.at(), each.recovering().result(), each.answered(), each.catchUp()));
        }
        return struck;
    }

    private static void awaitReady(Disturbance.Mending mending, Duration patience) throws InterruptedException {
        try {
            mending.await(patience);
        } catch (TimeoutException e) {
            // Then the next disturbance comes while this one is not over.
        }
    }

    private record Pending(
            Disturbance disturbance,
            Duration at,
            Disturbance.Mending mending,
            Watch.Recovering recovering,
            Answered answered,
            @Nullable CatchUp catchUp) {}

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

    private static long doubled(TollgateSystem system) throws SQLException {
        try (Books books = new Books(system.database())) {
            return books.doubled();
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime));
    }

    private static void say(String what) {
        System.out.println("chaos: " + what);
    }
}
