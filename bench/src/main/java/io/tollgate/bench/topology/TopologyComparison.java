package io.tollgate.bench.topology;

import io.tollgate.bench.Measure;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.process.WorkloadMeasure;
import java.io.IOException;

/** How fast events are metered. */
public final class TopologyComparison {
    public static final int THREADS = 2;

    private TopologyComparison() {}

    public static Measure passThrough(Servers servers) throws IOException {
        return WorkloadMeasure.start("pass-through, exactly-once", servers, PassThrough.Maker.class);
    }

    public static MeteringProcess metering(Servers servers) throws IOException {
        return MeteringProcess.start("metering topology", servers);
    }
}
