package io.tollgate.bench.books;

import io.tollgate.bench.Measure;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.process.WorkloadMeasure;
import java.io.IOException;
import java.util.List;

/** How fast rated usage gets into PostgreSQL. */
public final class Books {
    /** Consumers of usage.rated in the sink as it ships, and connections of the bare COPY. */
    public static final int CONNECTIONS = 2;

    private Books() {}

    public static Measure bareCopy(Servers servers) throws IOException {
        return WorkloadMeasure.start("bare COPY", servers, BareCopy.Maker.class);
    }

    public static Measure sink(Servers servers) throws IOException {
        return WorkloadMeasure.start("sink", servers, SinkRun.Maker.class);
    }

    /**
     * The sink that others use.
     *
     * @param libraries of Kafka Connect's worker, entries of a class path
     */
    public static Measure debezium(Servers servers, List<String> libraries) throws IOException {
        return WorkloadMeasure.start("Debezium's JDBC sink", servers, DebeziumRun.Maker.class, libraries);
    }
}
