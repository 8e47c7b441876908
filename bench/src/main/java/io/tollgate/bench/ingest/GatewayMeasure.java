package io.tollgate.bench.ingest;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.bench.Measure;
import io.tollgate.bench.Reading;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.GatewayProcess;
import io.tollgate.bench.process.Servers;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final EventTopic events;
    private final GatewayProcess gateway;
    private final List<BatchClient> clients;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    private GatewayMeasure(EventTopic events, GatewayProcess gateway, List<BatchClient> clients) {
        this.events = events;
        this.gateway = gateway;
        this.clients = clients;
    }

    static Measure start(Servers servers) throws Exception {
        Endpoints at = servers.endpoints();
        openAccounts(at);
        GatewayProcess gateway = GatewayProcess.start(servers);
        List<BatchClient> clients = new ArrayList<>();
        for (int company = 0; company < CONNECTIONS; company++) {
            clients.add(BatchClient.connect(gateway.port(), company, secret(company)));
        }
        return new GatewayMeasure(new EventTopic(at.kafka(), Topics.USAGE_EVENTS.name()), gateway, clients);
    }

    @Override
    public String name() {
        return "gateway, batches of " + EVENTS_PER_BATCH;
    }

    @Override
    public Reading run(int round, int wanted) throws Exception {
        int batches = Math.max(1, wanted / EVENTS_PER_BATCH / CONNECTIONS);
        long sent = (long) batches * EVENTS_PER_BATCH * CONNECTIONS;
        for (BatchClient client : clients) {
            client.prepare(round);
        }
        long before = events.end();
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
                sent, System.nanoTime() - start, gateway.cpu().minus(cpu).toNanos());
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

    private static void openAccounts(Endpoints at) throws Exception {
        Codecs codecs = Codecs.settle(new SchemaRegistry(at.registry()));
        for (int i = 0; i < CONNECTIONS; i++) {
            String company = UsageLoad.company(i);
            Company account = new Company(company, company, "USD", "UTC", Map.of(), 1L, 0L, 0L);
            send(at, Topics.CONFIG_COMPANIES.name(), company, codecs.companies().encode(account));
            String key = UsageLoad.authId(i);
            send(at, Topics.CONFIG_KEYS.name(), key, codecs.keys().encode(key(i)));
        }
    }

    private static ApiKey key(int company) {
        ApiKey key = new ApiKey();
        key.setId(UsageLoad.authId(company));
        key.setCompany(UsageLoad.company(company));
        key.setName("bench");
        key.setPrefix(secret(company).substring(0, 8));
        key.setSecretSha256(ByteBuffer.wrap(ApiKeys.hash(secret(company))));
        key.setScopes(List.of("ingest"));
        key.setModels(List.of());
        key.setLabels(Map.of());
        key.setMetadata(Map.of());
        key.setVersion(1L);
        key.setCreatedAt(0L);
        key.setUpdatedAt(0L);
        return key;
    }

    private static void send(Endpoints at, String topic, String key, byte[] value) {
        Message message = new Message(key.getBytes(StandardCharsets.UTF_8), value);
        try (EventTopic config = new EventTopic(at.kafka(), topic)) {
            config.fill(1, () -> message);
        }
    }

    private static String secret(int company) {
        return "tg_bench_secret_of_company_" + company;
    }
}
