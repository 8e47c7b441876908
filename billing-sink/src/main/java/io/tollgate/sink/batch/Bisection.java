package io.tollgate.sink.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that the database refuses: a list that is refused is halved until a refused row stands alone. Rows stay
 * in order; for k bad rows among n it takes about 2 k log2(n) attempts.
 */
final class Bisection<R> {
    private final Attempt<R> attempt;
    private final List<Refused<R>> refused = new ArrayList<>();

    private Bisection(Attempt<R> attempt) {
        this.attempt = attempt;
    }

    /** Writes all of the rows or none of them. */
    @FunctionalInterface
    interface Attempt<R> {
        /** Answers why one of the rows will never be taken; null if all are written. */
        @Nullable
        Exception write(List<R> rows) throws SQLException;
    }

    record Refused<R>(R row, Exception reason) {}

    /** Writes every row that is taken; the answer are the others. */
    static <R> List<Refused<R>> write(List<R> rows, Attempt<R> attempt) throws SQLException {
        Bisection<R> bisection = new Bisection<>(attempt);
        if (!rows.isEmpty()) {
            bisection.writeOrSplit(rows);
        }
        return bisection.refused;
    }

    private void writeOrSplit(List<R> rows) throws SQLException {
        Exception reason = attempt.write(rows);
        if (reason == null) {
            return;
        }
        if (rows.size() == 1) {
            refused.add(new Refused<>(rows.get(0), reason));
            return;
        }
        int half = rows.size() / 2;
        writeOrSplit(rows.subList(0, half));
        writeOrSplit(rows.subList(half, rows.size()));
    }
}
