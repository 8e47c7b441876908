package io.tollgate.chaos.part;

import io.tollgate.chaos.fault.FaultProxy;
import io.tollgate.oracle.Deployment;
import io.tollgate.schemas.topic.Groups;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tollgate as it is deployed: brokers, PostgreSQL, registry and every service in a process of its own. */
public final class TollgateSystem implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int TOKEN_BYTES = 24;

    private final Layout layout;
    private final Path folder;
    private final Path logs;
    private final String adminToken;
    private final Brokers brokers;
    private final Database database;
    private final @Nullable FaultProxy databaseProxy;
    private final @Nullable SmallDisk stateDisk;
    private final List<Part> parts = new ArrayList<>();
    private final List<URI> gateways = new ArrayList<>();
    private final Map<PartKind, URI> addresses = new EnumMap<>(PartKind.class);
    private final URI registry;
    private final URI usageApi;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread atExit = new Thread(this::stopAll, "stop all");

    private TollgateSystem(Layout layout, Path folder, Path logs) throws IOException {
        this.layout = layout;
        this.folder = folder;
        this.logs = Files.createDirectories(logs);
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        this.adminToken = HexFormat.of().formatHex(token);
        Ports ports = new Ports();
        this.brokers = new Brokers(layout, ports, folder, logs);
        int registryPort = ports.next();
        int usageApiPort = ports.next();
        this.database = Database.start(folder.resolve("postgres"), 0);
        this.databaseProxy = layout.proxied() ? FaultProxy.to(database.port()) : null;
        this.stateDisk = layout.proxied() ? SmallDisk.mount(stateFolder(1)).orElse(null) : null;
        this.registry = URI.create("http://127.0.0.1:" + registryPort + "/apis/ccompat/v7");
        this.usageApi = URI.create("http://127.0.0.1:" + usageApiPort);
        parts.addAll(brokers.parts());
        parts.add(registry(registryPort));
        for (int i = 1; i <= layout.gateways(); i++) {
            int port = ports.next();
            gateways.add(URI.create("http://127.0.0.1:" + port));
            parts.add(service(
                    PartKind.GATEWAY,
                    "io.tollgate.gateway.GatewayApplication",
                    i,
                    port,
                    List.of("--tollgate.price-book=none")));
        }
        for (int i = 1; i <= layout.streams(); i++) {
            parts.add(service(
                    PartKind.STREAMS,
                    "io.tollgate.streams.StreamsApplication",
                    i,
                    ports.next(),
                    List.of(
                            "--tollgate.instance-id=streams-" + i,
                            "--tollgate.state-dir=" + stateFolder(i),
                            "--tollgate.store-memory-mb=48",
                            "--tollgate.standbys=" + layout.standbys())));
        }
        for (int i = 1; i <= layout.sinks(); i++) {
            parts.add(service(
                    PartKind.SINK,
                    "io.tollgate.sink.SinkApplication",
                    i,
                    ports.next(),
                    List.of("--postgres=" + jdbcUrl(i))));
        }
        parts.add(service(
                PartKind.USAGE_API,
                "io.tollgate.usageapi.UsageApiApplication",
                1,
                usageApiPort,
                List.of("--postgres=" + jdbcUrl(1))));
    }

    /**
     * Returns when every service says that it is ready.
     *
     * @param logs of each process; they stay
     */
    public static TollgateSystem start(Layout layout, Path folder, Path logs)
            throws IOException, InterruptedException, TimeoutException {
        TollgateSystem system = new TollgateSystem(layout, folder, logs);
        Runtime.getRuntime().addShutdownHook(system.atExit);
        try {
            system.parts.forEach(Part::start);
            for (Part part : system.parts) {
                part.awaitReady(START_LIMIT);
            }
            return system;
        } catch (InterruptedException | TimeoutException | RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private Part registry(int port) {
        return new Part(
                PartKind.REGISTRY,
                "registry",
                Part.java(
                        RegistryMain.class.getName(),
                        "64m",
                        List.of("-Dlogback.configurationFile=io/tollgate/chaos/logback.xml"),
                        List.of(folder.resolve("registry").toString(), Integer.toString(port))),
                Map.of(),
                logs.resolve("registry.log"),
                () -> answers(URI.create(registry + "/subjects")));
    }

    /** The second of each kind is the one that goes through the proxies. */
    private Part service(PartKind kind, String main, int number, int port, List<String> more) {
        String name = kind == PartKind.USAGE_API ? kind.word() : kind.word() + "-" + number;
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka=" + (number == 2 ? brokers.proxied() : brokers.direct()),
                "--registry=" + registry,
                "--server.port=" + port));
        if (kind != PartKind.USAGE_API) {
            arguments.add("--tollgate.replication=" + layout.copies());
        }
        arguments.addAll(more);
        Map<String, String> environment = new HashMap<>();
        if (kind == PartKind.GATEWAY || kind == PartKind.USAGE_API) {
            environment.put("TOLLGATE_ADMIN_TOKEN", adminToken);
        }
        if (kind == PartKind.SINK || kind == PartKind.USAGE_API) {
            environment.put("TOLLGATE_POSTGRES_USER", database.user());
            environment.put("TOLLGATE_POSTGRES_PASSWORD", database.password());
        }
        URI unused = addresses.putIfAbsent(kind, URI.create("http://127.0.0.1:" + port));
        return new Part(
                kind,
                name,
                Part.java(main, layout.heapMb() + "m", List.of(), arguments),
                environment,
                logs.resolve(name + ".log"),
                () -> answers(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness")));
    }

    private String jdbcUrl(int number) {
        FaultProxy proxy = databaseProxy;
        return number == 2 && proxy != null ? database.jdbcUrlAt(proxy.port()) : database.jdbcUrl();
    }

    private Path stateFolder(int number) {
        return folder.resolve("streams-" + number);
    }

    private boolean answers(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    public List<Part> parts(PartKind kind) {
        return parts.stream().filter(part -> part.kind() == kind).toList();
    }

    /** All of them but PostgreSQL, in the order in which they are started. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Where the oracle finds it. */
    public Deployment deployment() {
        return new Deployment(
                kafka(),
                registry(),
                database.jdbcUrl(),
                database.user(),
                database.password(),
                "tollgate",
                Groups.METERING);
    }

    public Database database() {
        return database;
    }

    /** What the second services reach each of the brokers through; none in a small layout. */
    public List<FaultProxy> brokerProxies() {
        return brokers.proxies();
    }

    /** What the second sink reaches the database through; none in a small layout. */
    public List<FaultProxy> databaseProxies() {
        return databaseProxy == null ? List.of() : List.of(databaseProxy);
    }

    /** Of the first streams instance's state; none in a small layout, or where this process may not mount. */
    public Optional<SmallDisk> stateDisk() {
        return Optional.ofNullable(stateDisk);
    }

    /** Without proxies between. */
    public String kafka() {
        return brokers.direct();
    }

    public URI registry() {
        return registry;
    }

    public List<URI> gateways() {
        return gateways;
    }

    public URI usageApi() {
        return usageApi;
    }

    /** Of the first service of a kind. */
    public URI address(PartKind service) {
        return Objects.requireNonNull(addresses.get(service), () -> service + " is no service");
    }

    public String adminToken() {
        return adminToken;
    }

    public Layout layout() {
        return layout;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // It runs already.
        }
        stopAll();
    }

    /** Who writes goes before what is written to. */
    private void stopAll() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
        brokers.proxies().forEach(FaultProxy::close);
        if (databaseProxy != null) {
            databaseProxy.close();
        }
        database.close();
        if (stateDisk != null) {
            stateDisk.close();
        }
    }
}
