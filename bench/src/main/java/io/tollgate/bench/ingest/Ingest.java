package io.tollgate.bench.ingest;

import io.tollgate.bench.Measure;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.process.WorkloadMeasure;
import java.io.IOException;

/** How fast events get in. */
public final class Ingest {
    private Ingest() {}

    public static Measure plainProducer(Servers servers) throws IOException {
        return WorkloadMeasure.start("plain producer", servers, PlainProducer.Maker.class);
    }

    public static Measure gateway(Servers servers) throws Exception {
        return GatewayMeasure.start(servers, false);
    }

    public static Measure gzippedGateway(Servers servers) throws Exception {
        return GatewayMeasure.start(servers, true);
    }
}
