package io.tollgate.bench.single;

import io.tollgate.bench.Measure;
import io.tollgate.bench.process.Accounts;
import io.tollgate.bench.process.GatewayProcess;
import io.tollgate.bench.process.Servers;
import io.tollgate.schemas.topic.Topics;

/** How many requests of one event each are answered. */
public final class Single {
    private Single() {}

    public static Measure leastServer(Servers servers) throws Exception {
        return SingleMeasure.start(
                "least Reactor Netty server", servers, LeastServer.TOPIC, LeastProcess.start(servers));
    }

    public static Measure gateway(Servers servers) throws Exception {
        new Accounts(servers.endpoints()).openSenders(Callers.COMPANIES);
        return SingleMeasure.start(
                "gateway, single events", servers, Topics.USAGE_EVENTS.name(), GatewayProcess.start(servers));
    }
}
