package io.tollgate.bench.ingest;

import io.tollgate.bench.Measure;
import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Accounts;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.GatewayProcess;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.process.Servers;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The real gateway under batches of a hundred events, each posted when the one before it on the same connection has been
 * answered, which is after the brokers' acks. The client is this process, so its CPU is not in the reading.
 */
final class GatewayMeasure implements Measure {
    static final int CONNECTIONS = 8;
    static final int EVENTS_PER_BATCH = 100;

    private final String name;
    private final EventTopic events;
    private final ServerProcess gateway;
    private final List<BatchClient> clients;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    private GatewayMeasure(String name, EventTopic events, ServerProcess gateway, List<BatchClient> clients) {
        this.name = name;
        this.events = events;
        this.gateway = gateway;
        this.clients = clients;
    }

    /** @param isGzipped whether bodies are */
    static Measure start(Servers servers, boolean isGzipped) throws Exception {
        Endpoints at = servers.endpoints();
        new Accounts(at).openSenders(CONNECTIONS);
        ServerProcess gateway = GatewayProcess.start(servers);
        List<BatchClient> clients = new ArrayList<>();
        for (int company = 0; company < CONNECTIONS; company++) {
            clients.add(BatchClient.connect(gateway.port(), company, isGzipped));
        }
        String name = "gateway, " + (isGzipped ? "gzipped " : "") + "batches of " + EVENTS_PER_BATCH;
        return new GatewayMeasure(name, new EventTopic(at.kafka(), Topics.USAGE_EVENTS.name()), gateway, clients);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading run(int round, int wanted) throws Exception {
        int batches = Math.max(1, wanted / EVENTS_PER_BATCH / CONNECTIONS);
        long sent = (long) batches * EVENTS_PER_BATCH * CONNECTIONS;
        for (BatchClient client : clients) {
            client.prepare(round);
        }
        long before = events.end();
        long unusedBefore = gateway.allocated();
        Duration cpu = gateway.cpu();
        long start = System.nanoTime();
        List<Future<?>> posting = new ArrayList<>();
        for (BatchClient client : clients) {
            posting.add(threads.submit(() -> {
                client.post(batches);
                return true;
            }));
        }
        for (Future<?> each : posting) {
            Object unused = each.get();
        }
        Reading reading = new Reading(
                sent, System.nanoTime() - start, gateway.cpu().minus(cpu).toNanos(), gateway.allocated());
        long arrived = events.end() - before;
        if (arrived != sent) {
            throw new IllegalStateException(sent + " events were acknowledged and " + arrived + " are in the topic");
        }
        return reading;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(BatchClient::close);
        gateway.close();
        events.close();
    }
}
