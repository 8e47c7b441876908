package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.embedded.SingleInstanceLock;
import io.tollgate.standalone.ShutdownSequence.Rank;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.secret.AdminToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All of Tollgate in this JVM. Once {@link #start()} has returned, every service says that it is ready: the topology
 * runs, the sink has its partitions, the gateway knows its keys. What was acknowledged is on disk and is found again by
 * the next start on the same folder, however this one ended.
 */
final class StandaloneStack implements AutoCloseable {
    /** Longer than any one server takes to start: a signal in the middle of a start waits for it, then stops it. */
    private static final long STARTERS_LIMIT_SECONDS = 30;

    private static final Logger log = LoggerFactory.getLogger(StandaloneStack.class);

    private final PortPlan ports;
    private final StackListener listener;
    private final DataFolder folder;
    private final Map<String, String> more;
    private final ShutdownSequence shutdown = new ShutdownSequence();
    private final Readiness readiness = new Readiness();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final ExecutorService starters = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Service, ApplicationContext> contexts = new ConcurrentHashMap<>();
    private volatile @Nullable AdminToken adminToken;
    private volatile @Nullable Endpoints endpoints;

    public StandaloneStack(Path data, PortPlan ports, StackListener listener) {
        this(data, ports, listener, Map.of());
    }

    /** A stack whose services have {@code more} properties, beyond their defaults. */
    public StandaloneStack(Path data, PortPlan ports, StackListener listener, Map<String, String> more) {
        this.folder = DataFolder.create(data);
        this.more = more;
        this.ports = ports;
        this.listener = listener;
    }

    /** A stack that is ready, on free ports, without a price, its webhooks free to stay here, its counts fresh: for tests. */
    public static StandaloneStack start(Path data) {
        Map<String, String> more = new HashMap<>(ServiceProperties.NO_PRICES);
        more.putAll(ServiceProperties.LOCAL_WEBHOOKS);
        more.put("tollgate.unpriced-refresh", "1s");
        more.putAll(ServiceProperties.ANY_FAILURES);
        StandaloneStack stack = new StandaloneStack(data, PortPlan.free(), StackListener.SILENT, more);
        stack.start();
        return stack;
    }

    /**
     * Returns when everything is ready.
     *
     * @throws StartRefusedException with a message for a person; whatever had been started is stopped again
     */
    public void start() {
        try {
            shutdown.add(Rank.LOCK, SingleInstanceLock.acquire(folder.root()));
            // Before the ports are looked at: an orphan of a killed run holds the very port that we want.
            EmbeddedPostgres.stopOrphan(folder.postgres());
            ports.requireFree();
            AdminToken token = AdminToken.find(System.getenv(), folder.adminToken());
            ports.bind().require(token.value());
            adminToken = token;
            startAll(token);
        } catch (RuntimeException e) {
            close();
            throw e instanceof StartRefusedException ? e : new StartRefusedException(Blame.of(e), e);
        }
    }

    /** Kafka, registry and PostgreSQL at the same time, then each service as soon as what it needs is there. */
    private void startAll(AdminToken token) {
        Logs.areNotSprings();
        CompletableFuture<EmbeddedKafka> kafka = begin(this::startKafka);
        CompletableFuture<EmbeddedRegistry> registry = begin(this::startRegistry);
        CompletableFuture<EmbeddedPostgres> postgres = begin(this::startPostgres);
        CompletableFuture<Map<String, String>> streaming = kafka.thenCombine(
                registry,
                (k, r) -> ServiceProperties.streaming(k.bootstrapServers(), r.url(), token.value(), folder, more));
        CompletableFuture<Map<String, String>> all = streaming.thenCombine(
                postgres, (known, p) -> ServiceProperties.with(known, p.jdbcUrl(), p.user(), p.password()));
        CompletableFuture<Void> gateway = launch(Service.GATEWAY, streaming);
        CompletableFuture<Void> streams = launch(Service.STREAMS, streaming);
        CompletableFuture<Void> sink = launch(Service.SINK, all);
        CompletableFuture<Void> usageApi = launch(Service.USAGE_API, all);
        CompletableFuture<Void> sinkReady = ready(Service.SINK, sink);
        joinFailingFast(List.of(
                ready(Service.GATEWAY, gateway),
                ready(Service.STREAMS, streams),
                sinkReady,
                // Not asked before the sink has made the tables: its probe would only complain.
                ready(Service.USAGE_API, CompletableFuture.allOf(usageApi, sinkReady))));
        Endpoints at = endpoints(kafka.join(), postgres.join(), registry.join());
        endpoints = at;
        publish(at);
        StackWatch watch = new StackWatch(kafka.join(), postgres.join(), ports, readiness, listener, failure);
        shutdown.add(Rank.WATCH, watch);
        watch.start();
    }

    private EmbeddedKafka startKafka() {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.kafka(), ports.kafka());
        shutdown.add(Rank.KAFKA, kafka);
        listener.isUp("Kafka", kafka.bootstrapServers());
        return kafka;
    }

    private EmbeddedRegistry startRegistry() {
        EmbeddedRegistry registry = EmbeddedRegistry.start(folder.registry(), ports.registry());
        shutdown.add(Rank.REGISTRY, registry);
        listener.isUp("schema registry", registry.url());
        return registry;
    }

    private EmbeddedPostgres startPostgres() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.postgres(), ports.postgres());
        shutdown.add(Rank.POSTGRES, postgres);
        listener.isUp("PostgreSQL", postgres.jdbcUrl());
        return postgres;
    }

    private <T> CompletableFuture<T> begin(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, starters);
    }

    private CompletableFuture<Void> launch(Service service, CompletableFuture<Map<String, String>> properties) {
        return properties.thenAcceptAsync(
                known -> {
                    try {
                        ConfigurableApplicationContext context = service.launch(ports, known);
                        shutdown.add(service.rank(), context);
                        contexts.put(service, context);
                    } catch (RuntimeException e) {
                        throw new StartRefusedException(service.title() + " did not start: " + Blame.of(e), e);
                    }
                },
                starters);
    }

    private CompletableFuture<Void> ready(Service service, CompletableFuture<Void> launched) {
        return launched.thenRunAsync(
                () -> {
                    try {
                        readiness.await(service, ports, listener);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new StartRefusedException("interrupted while " + service.title() + " started", e);
                    }
                    listener.isUp(service.title(), service.url(ports).toString());
                },
                starters);
    }

    /** The first failure ends the waiting; the others may still be busy. */
    private static void joinFailingFast(List<CompletableFuture<Void>> steps) {
        CompletableFuture<Void> done = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
        for (CompletableFuture<Void> step : steps) {
            CompletableFuture<Void> unused = step.whenComplete((ok, thrown) -> {
                if (thrown != null) {
                    done.completeExceptionally(thrown);
                }
            });
        }
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Endpoints endpoints(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedRegistry registry) {
        return new Endpoints(
                Service.GATEWAY.url(ports),
                Service.STREAMS.url(ports),
                Service.SINK.url(ports),
                Service.USAGE_API.url(ports),
                kafka.bootstrapServers(),
                postgres.jdbcUrl(),
                postgres.user(),
                postgres.password(),
                URI.create(registry.url()));
    }

    /** For commands on the same data folder; taken away first of all when this ends, so that none asks in vain. */
    private void publish(Endpoints at) {
        try {
            at.write(folder.endpoints());
        } catch (IOException e) {
            throw new UncheckedIOException("where everything is could not be kept in " + folder.endpoints(), e);
        }
        shutdown.add(Rank.WATCH, () -> Files.deleteIfExists(folder.endpoints()));
    }

    public Endpoints endpoints() {
        return started(endpoints);
    }

    /** What a service is made of. */
    ApplicationContext context(Service service) {
        return started(contexts.get(service));
    }

    public String adminToken() {
        return started(adminToken).value();
    }

    /** Where a person finds the admin token; safe to print. */
    public String adminTokenOrigin() {
        return started(adminToken).origin();
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the stack has not been started");
        }
        return value;
    }

    /** Completes, with the reason, if the stack can't go on; {@link #close()} is then still to be called. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** Also in the middle of a start, from another thread: what is being started is awaited and then stopped. */
    @Override
    public void close() {
        stop();
    }

    /** Says whether every part ended in an orderly way. */
    boolean stop() {
        starters.shutdownNow();
        try {
            if (!starters.awaitTermination(STARTERS_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.error("a start that was under way has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return shutdown.close();
    }
}
