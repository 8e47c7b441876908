package io.tollgate.bench.reaction;

import io.tollgate.bench.process.TemporaryFolder;
import io.tollgate.bench.standalone.Standalone;

/** A Tollgate that is started for one measurement, with the demo's traffic in it and webhooks that may stay here. */
final class Own {
    static final String WORD = "own";

    private Own() {}

    /** What is measured of it. */
    @FunctionalInterface
    interface Measurement {
        void of(Standalone tollgate) throws Exception;
    }

    static void with(Measurement measurement) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create();
                Standalone tollgate = Standalone.start(folder.path().resolve("data"), "--demo")) {
            measurement.of(tollgate);
        }
    }
}
