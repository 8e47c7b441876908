package io.tollgate.bench;

import io.tollgate.bench.Comparison.Basis;
import io.tollgate.bench.books.Books;
import io.tollgate.bench.ingest.Ingest;
import io.tollgate.bench.single.Single;
import io.tollgate.bench.topology.TopologyComparison;
import java.util.List;

/** All that is compared, in the order in which data flows. */
final class Comparisons {
    static final List<Comparison> ALL = List.of(
            new Comparison(
                    "single",
                    Single::leastServer,
                    Single::gateway,
                    2,
                    Basis.RATE,
                    "rate ≥ 0.6 of the least server's, CPU per event ≤ 1.7 × its",
                    "one event a request as CloudEvents JSON, 256 connections, one request at a time on each, answered"
                            + " after the ack; the least server makes the same records of the same requests, checks"
                            + " nothing and knows one route; both acks=all, idempotent, lz4, linger 1 ms"),
            new Comparison(
                    "gateway",
                    Ingest::plainProducer,
                    Ingest::gateway,
                    5,
                    Basis.CPU,
                    "CPU per event ≤ 3 × the plain producer's",
                    "batches of 100 events as CloudEvents JSON, 8 connections, one request at a time on each, answered"
                            + " after the ack; the producer sends the same records, ready as bytes; both acks=all,"
                            + " idempotent, lz4, linger 1 ms"),
            new Comparison(
                    "gateway-gzip",
                    Ingest::plainProducer,
                    Ingest::gzippedGateway,
                    5,
                    Basis.CPU,
                    "CPU per event ≤ 3 × the plain producer's",
                    "the same, the bodies gzipped"),
            new Comparison(
                    "topology",
                    TopologyComparison::passThrough,
                    TopologyComparison::metering,
                    5,
                    Basis.RATE,
                    "rate ≥ 0.20 of the pass-through's",
                    "both exactly-once, 2 threads, 4 partitions, commits every 100 ms; events never seen before, of 50"
                            + " companies with 20 users each, prices of 7 models loaded; dedupe, rating, totals"),
            new Comparison(
                    "sink",
                    Books::bareCopy,
                    Books::sink,
                    1,
                    Basis.RATE,
                    "rate ≥ 0.50 of bare COPY's",
                    "usage.rated into cost_calculations, 2 consumers, transactions of up to 5,000 rows; COPY of the rows"
                            + " that the sink wrote last, as text, over 2 connections in one transaction each, into a"
                            + " table with the same columns, indexes and partitions; CPU is the Java side's alone"));

    private Comparisons() {}

    static List<String> names() {
        return ALL.stream().map(Comparison::name).toList();
    }
}
