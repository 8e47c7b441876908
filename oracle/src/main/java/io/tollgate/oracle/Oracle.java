package io.tollgate.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Recomputes what the books must hold, and compares. */
public final class Oracle {
    private Oracle() {}

    /**
     * Judges a system whose load has stopped and which has settled.
     *
     * @param sent NDJSON, a line for each try to send a submission and what was answered: {@code company}, {@code source}
     *     and {@code id} of the event spoken of, {@code kind} (usage, void, amend, malformed), {@code revision} of an
     *     amend, {@code acknowledged}, {@code rejected}
     */
    public static Verdict check(Deployment where, Path sent) throws IOException, SQLException, InterruptedException {
        return check(where, sent, Recomputation.RECORDS_IN_A_PASS);
    }

    /**
     * Whether all that was written has been read: no transaction is open, no record is left to the topology or to the sink.
     * Holds whatever the records are, also where the books can't be judged.
     */
    public static Verdict settled(Deployment where) throws SQLException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        try (KafkaLog log = new KafkaLog(where.kafka());
                Books books = new Books(where)) {
            Settled settled = new Settled(log);
            checks.add(Settled.await(settled::openTransactions));
            checks.add(Settled.await(() -> settled.streamsLag(where.streamsGroup())));
            checks.add(Settled.await(() -> sinkLag(settled, books)));
        }
        return new Verdict(checks);
    }

    /** The last answer's snapshot is the one that everything else is read in. */
    private static Check sinkLag(Settled settled, Books books) throws SQLException, InterruptedException {
        Map<TopicPartition, Long> ends = settled.bookedEnds();
        books.newSnapshot();
        return settled.sinkLag(books, ends);
    }

    static Verdict check(Deployment where, Path sent, int recordsInAPass)
            throws IOException, SQLException, InterruptedException {
        SentLog said = SentLog.read(sent);
        List<Check> checks = new ArrayList<>();
        try (KafkaLog log = new KafkaLog(where.kafka())) {
            Settled settled = new Settled(log);
            checks.add(Settled.await(settled::openTransactions));
            checks.add(Settled.await(() -> settled.streamsLag(where.streamsGroup())));
            try (Books books = new Books(where)) {
                checks.add(Settled.await(() -> sinkLag(settled, books)));
                checks.addAll(new Recomputation(log, new Registry(where.registry()), books, said).run(recordsInAPass));
            }
        }
        return new Verdict(checks);
    }
}
