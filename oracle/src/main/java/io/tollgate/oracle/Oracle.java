package io.tollgate.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Recomputes what the books must hold, and compares. */
public final class Oracle {
    private Oracle() {}

    /**
     * Judges a system whose load has stopped and which has settled.
     *
     * @param sent NDJSON, a line for each try to send a submission and what was answered
     */
    public static Verdict check(Deployment where, Path sent) throws IOException, SQLException, InterruptedException {
        return new Verdict(List.of());
    }
}
