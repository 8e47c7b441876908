package io.tollgate.bench;

import io.tollgate.bench.Comparison.Basis;
import io.tollgate.bench.books.Books;
import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.Machine;
import io.tollgate.bench.report.MarkdownReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sink beside Debezium's JDBC sink in Kafka's own worker: the same rows from Kafka into two tables alike. What Debezium
 * and the worker need is no part of this benchmark's class path; {@code bench/run debezium} fetches it.
 */
public final class DebeziumBench {
    private DebeziumBench() {}

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(System.getProperty("bench.home", "bench"), "target");
        Options options = Options.parse(List.of(arguments), Comparisons.names(), target);
        String worker = target.resolve("connect/worker").toAbsolutePath() + "/*";
        Child.fixClassPath();
        Bench.say("debezium: starting servers");
        try (Servers servers = Servers.start();
                Measure debezium = Books.debezium(servers, List.of(worker));
                Measure sink = Books.sink(servers)) {
            Result result = new Alternation((name, round, reading) -> Bench.said(options, name, round, reading))
                    .run(COMPARISON, debezium, sink, options);
            String page = MarkdownReport.of(Machine.here(), Bench.settings(options), List.of(result));
            Files.createDirectories(options.out());
            Files.writeString(options.out().resolve("debezium.md"), page);
            System.out.println(page);
        }
    }

    private static final Comparison COMPARISON = new Comparison(
            "debezium",
            servers -> Books.debezium(servers, List.of()),
            Books::sink,
            1,
            Basis.RATE,
            "rate ≥ 5 × Debezium's",
            "usage.rated into cost_calculations, 2 consumers, transactions of up to 5,000 rows; Debezium's 3.6 with our"
                    + " transform, 2 tasks, the same number of rows into a table with the same columns, indexes and"
                    + " partitions, plain inserts in batches of 5,000 that the driver joins; CPU is the Java side's alone");
}
