package io.tollgate.bench.standalone;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.Delays;
import io.tollgate.bench.process.TemporaryFolder;
import io.tollgate.bench.report.Chart;
import io.tollgate.bench.report.Figures;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The whole path in one {@code ./tollgate up}: from batches over HTTP to rows in PostgreSQL. First the highest rate that
 * goes on without a growing lag, by steps and then held for minutes; then how late rows are at a lower rate. At the end the
 * ledger has one row of each event that was sent, or all of it is an error and no figure.
 */
public final class PathBench {
    private static final int SEED = 20;
    private static final double HELD_LOWER = 0.9;
    private static final int MOST_HOLDS = 3;
    /** Of what can be sustained, where the rate that was asked for can't. */
    private static final double EASY = 0.8;

    private static final int DELAY_SETTLING_SECONDS = 10;
    private static final int DELAY_SECONDS = 120;
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(30);

    private final Given given;
    private final Books books;
    private final BatchSender sender;
    private final RowDelays delays;
    private final Figures steps = new Figures(
            "path-sustained",
            "batches of " + Batch.EVENTS
                    + " over HTTP to one ./tollgate up, all on this machine; one batch of a hundred"
                    + " has been sent before; lag: events acknowledged without a row in cost_calculations, after a third of"
                    + " the step and at its end; each distinct event has one row (counted); seed " + SEED,
            "events/s",
            column("seconds", 0),
            column("taken, events/s", 0),
            column("lag, begin", 0),
            column("lag, end", 0),
            column("lag, growth a second", 1),
            column("answers of 503", 0));

    private PathBench(Given given, Books books, BatchSender sender, RowDelays delays) {
        this.given = given;
        this.books = books;
        this.sender = sender;
        this.delays = delays;
    }

    /**
     * What is asked for.
     *
     * @param minutes for which the best rate is held
     * @param delayRate events a second at which delays are measured
     * @param stepSeconds of each step
     * @param first rate of the steps
     */
    record Given(double minutes, int delayRate, int stepSeconds, int first) {
        static Given of(List<String> arguments) {
            return new Given(
                    arguments.size() > 0 ? Double.parseDouble(arguments.get(0)) : 10,
                    arguments.size() > 1 ? number(arguments.get(1)) : 5_000,
                    arguments.size() > 2 ? number(arguments.get(2)) : 60,
                    arguments.size() > 3 ? number(arguments.get(3)) : 2_000);
        }

        private static int number(String text) {
            return Integer.parseInt(text.replace("_", ""));
        }

        /** What is sent again was acknowledged two minutes before, or two steps where they are short. */
        Duration repeatAfter() {
            return Duration.ofSeconds(Math.min(120, 2L * stepSeconds));
        }

        int heldSeconds() {
            return (int) Math.round(minutes * 60);
        }
    }

    /** Arguments, all with a default: {@link Given}. */
    public static void main(String[] arguments) throws Exception {
        Given given = Given.of(List.of(arguments));
        try (TemporaryFolder folder = TemporaryFolder.create();
                Standalone tollgate = Standalone.start(folder.path().resolve("data"));
                Books books = new Books(tollgate)) {
            RowDelays delays = new RowDelays(books);
            try (BatchSender sender = new BatchSender(
                    tollgate.gateway(), Senders.batches(tollgate, SEED), given.repeatAfter(), delays::acknowledged)) {
                new PathBench(given, books, sender, delays).run();
            }
        }
    }

    private void run() throws Exception {
        int best = highest();
        int sustained = hold(best);
        int rate = (int) Math.min(given.delayRate(), EASY * sustained);
        long[] waited = delaysAt(rate);
        drain();
        books.requireExact(sender.acknowledged(), sender.repeated());
        System.err.printf(
                Locale.ROOT,
                "%,d events have one row each; %,d were sent again%n",
                sender.acknowledged(),
                sender.repeated());
        steps.chart(new Chart(
                "path-rate",
                "Whole path in one process, sustained",
                "events/s",
                List.of(Chart.bar("HTTP to PostgreSQL", sustained)),
                new Chart.Mark(30_000, "≥ 30,000 events/s")));
        steps.publish();
        publish(rate, waited);
    }

    /** The best of the steps. */
    private int highest() throws Exception {
        Steps rates = new Steps(given.first());
        while (rates.goOn()) {
            boolean held = keep(rates.next(), given.stepSeconds(), "step");
            rates.tried(held);
        }
        if (rates.best() == 0) {
            throw new IllegalStateException("no rate could be kept");
        }
        return rates.best();
    }

    /** Holds it for the minutes; where that fails, what is a tenth lower. */
    private int hold(int best) throws Exception {
        int rate = best;
        for (int i = 0; i < MOST_HOLDS; i++) {
            if (keep(rate, given.heldSeconds(), "held")) {
                return rate;
            }
            rate = (int) (rate * HELD_LOWER);
        }
        throw new IllegalStateException("no rate went on for " + given.minutes() + " minutes");
    }

    /** Sends at the rate for so long, then nothing until all rows are there. */
    private boolean keep(int rate, int seconds, String what) throws Exception {
        Lag lag = new Lag();
        long taken = sender.acknowledged() + sender.repeated();
        long refused = sender.refused();
        long begun = System.nanoTime();
        sender.rate(rate);
        for (double at = 0; at < seconds; at = (System.nanoTime() - begun) / 1e9) {
            TimeUnit.SECONDS.sleep(1);
            // In this order, or rows that came in between would make it less than nothing.
            long rows = books.ledgerRows();
            long sent = sender.acknowledged();
            double now = (System.nanoTime() - begun) / 1e9;
            lag.add(new Lag.Look(now, sent + sender.repeated() - taken, sent - rows));
        }
        sender.pause();
        boolean held = lag.holds(rate);
        steps.row(
                String.format(Locale.ROOT, "%s %,d: %s", what, rate, held ? "goes on" : "does not"),
                seconds,
                lag.taken(),
                (double) lag.begin(),
                (double) lag.end(),
                lag.growth(),
                (double) (sender.refused() - refused));
        drain();
        return held;
    }

    private long[] delaysAt(int rate) throws InterruptedException, SQLException, IOException {
        sender.rate(rate);
        TimeUnit.SECONDS.sleep(DELAY_SETTLING_SECONDS);
        long[] waited = delays.watch(Math.min(DELAY_SECONDS, 2 * given.stepSeconds()), PATIENCE_SECONDS);
        sender.pause();
        return waited;
    }

    /** Returns when everything that was taken has its outcome, and every distinct event its row. */
    private void drain() throws Exception {
        long until = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (books.ledgerRows() < sender.acknowledged()
                || books.outcomes() < sender.acknowledged() + sender.repeated()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(sender.acknowledged() + " distinct events were acknowledged, and after "
                        + DRAINED_WITHIN + " there are " + books.ledgerRows() + " rows");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void publish(int rate, long[] waited) throws IOException {
        Delays delay = Delays.of(waited);
        Figures figures = new Figures(
                "path-delay",
                "from an event's 2xx to its row in PostgreSQL, milliseconds; the same ./tollgate up, after it",
                "events/s",
                column("samples", 0),
                column("p50", 0),
                column("p99", 0),
                column("most", 0));
        figures.row(String.format(Locale.ROOT, "%,d", rate), waited.length, delay.p50(), delay.p99(), delay.most());
        figures.chart(chart("p50", delay.p50(), 600, "p50 under 600 ms"));
        figures.chart(chart("p99", delay.p99(), 2_000, "p99 under 2 s"));
        figures.publish();
    }

    private static Chart chart(String quantile, double milliseconds, double target, String words) {
        return new Chart(
                "path-" + quantile,
                "From a 2xx to the row, " + quantile,
                "ms",
                List.of(Chart.bar("HTTP to PostgreSQL", milliseconds)),
                new Chart.Mark(target, words));
    }
}
