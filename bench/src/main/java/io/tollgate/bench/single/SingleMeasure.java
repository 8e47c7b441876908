package io.tollgate.bench.single;

import io.tollgate.bench.Measure;
import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.process.Servers;
import java.io.IOException;
import java.util.List;

/** A server under {@link Callers}, whose process is neither the server's nor this one. CPU is the server's alone. */
final class SingleMeasure implements Measure {
    private static final String CALLERS_HEAP = "256m";

    private final String name;
    private final ServerProcess server;
    private final Child callers;
    private final EventTopic records;

    private SingleMeasure(String name, ServerProcess server, Child callers, EventTopic records) {
        this.name = name;
        this.server = server;
        this.callers = callers;
        this.records = records;
    }

    /** @param topic where the server leaves one record for each request */
    static Measure start(String name, Servers servers, String topic, ServerProcess server) throws IOException {
        Child callers = Child.start(
                CallersMain.class, CALLERS_HEAP, servers.folder("callers"), List.of(Integer.toString(server.port())));
        return new SingleMeasure(
                name, server, callers, new EventTopic(servers.endpoints().kafka(), topic));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading run(int round, int requests) throws Exception {
        String unused = callers.ask(CallersMain.PREPARE + " " + round);
        long before = records.end();
        long unusedBefore = server.allocated();
        long cpu = server.cpu().toNanos();
        long nanos = Long.parseLong(callers.ask(CallersMain.CALL + " " + requests));
        Reading reading = new Reading(requests, nanos, server.cpu().toNanos() - cpu, server.allocated());
        long arrived = records.end() - before;
        if (arrived != requests) {
            throw new IllegalStateException(
                    requests + " requests were answered and " + arrived + " records are in the topic");
        }
        return reading;
    }

    @Override
    public void close() {
        callers.close();
        server.close();
        records.close();
    }
}
