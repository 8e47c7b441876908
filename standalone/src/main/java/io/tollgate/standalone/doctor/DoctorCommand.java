package io.tollgate.standalone.doctor;

import io.tollgate.schemas.database.DatabaseUrl;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.doctor.Finding.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code tollgate doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks at every part and says what is wrong and what to do. Changes nothing.",
        footer = {
            "",
            "Examples: tollgate doctor",
            "          tollgate doctor --kafka broker:9092 --registry http://registry:8080/apis/ccompat/v7 \\",
            "              --postgres postgresql://db/tollgate --url http://gateway:8080 --json",
            "",
            "Where no option says it: TOLLGATE_KAFKA, TOLLGATE_KAFKA_SECURITY_…, TOLLGATE_REGISTRY, TOLLGATE_POSTGRES or",
            "DATABASE_URL, TOLLGATE_POSTGRES_USER, TOLLGATE_POSTGRES_PASSWORD, TOLLGATE_SCHEMA; else the running 'up'.",
            "Exit code 1 where something is broken; warnings alone are 0."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final String SECURITY = "TOLLGATE_KAFKA_SECURITY_";
    private static final int KAFKA = 4;
    private static final int POSTGRES = 5;
    private static final int REGISTRY = 6;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The brokers.")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties with which Kafka's clients are let in: security.protocol, sasl.…, ssl.…")
    private @Nullable Path kafkaConfig;

    @Option(names = "--registry", paramLabel = "URL", description = "The schema registry's Confluent API.")
    private @Nullable String registry;

    @Option(names = "--postgres", paramLabel = "URL", description = "The database.")
    private @Nullable String postgres;

    @Option(names = "--schema", paramLabel = "NAME", description = "Where its tables are (default: tollgate).")
    private @Nullable String schema;

    @Option(
            names = "--streams-url",
            paramLabel = "URL",
            description = "metering-streams (default: gateway's port + 1).")
    private @Nullable URI streamsUrl;

    @Option(names = "--sink-url", paramLabel = "URL", description = "billing-sink (default: gateway's port + 2).")
    private @Nullable URI sinkUrl;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Also looks how much is free where metering-streams keeps its state.")
    private @Nullable Path stateDir;

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    private final Map<String, String> environment = System.getenv();
    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Endpoints up = services.endpoints();
        KafkaFacts brokers = kafka(up);
        registry(up);
        database(up, brokers);
        services();
        machine(up);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put(
                "checks",
                findings.stream()
                        .map(one -> Map.of(
                                "check", one.check(),
                                "level", one.level().word(),
                                "detail", one.detail(),
                                "advice", one.advice()))
                        .toList());
        report.put("broken", count(Level.BROKEN));
        report.put("warnings", count(Level.WARN));
        services.show(HttpApi.MAPPER.valueToTree(report), DoctorCommand::print);
        return count(Level.BROKEN) == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private @Nullable KafkaFacts kafka(@Nullable Endpoints up) throws IOException, InterruptedException {
        String at = told(kafka, "TOLLGATE_KAFKA", up == null ? "127.0.0.1:" + port(KAFKA) : up.kafka());
        try {
            KafkaFacts facts = KafkaProbe.ask(new KafkaCluster(at, security()));
            findings.add(KafkaChecks.broker(facts));
            findings.add(KafkaChecks.topics(facts));
            findings.add(KafkaChecks.clock(facts, Instant.now()));
            findings.add(KafkaChecks.metering(facts));
            return facts;
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            findings.add(KafkaChecks.unreachable(at, String.valueOf(cause.getMessage())));
            return null;
        }
    }

    private void registry(@Nullable Endpoints up) throws InterruptedException, IOException {
        String at = told(
                registry,
                "TOLLGATE_REGISTRY",
                up == null
                        ? "http://127.0.0.1:" + port(REGISTRY) + "/apis/ccompat/v7"
                        : up.registry().toString());
        try {
            findings.add(Schemas.check(Schemas.newest(http(), at)));
        } catch (IOException | IllegalArgumentException e) {
            findings.add(Schemas.unreachable(at, said(e)));
        }
    }

    private void database(@Nullable Endpoints up, @Nullable KafkaFacts brokers) throws IOException {
        String named = told(postgres, "TOLLGATE_POSTGRES", environment.getOrDefault("DATABASE_URL", ""));
        Endpoints ups = named.isEmpty() ? up : null;
        String url = !named.isEmpty()
                ? named
                : up == null ? "jdbc:postgresql://127.0.0.1:" + port(POSTGRES) + "/tollgate" : up.postgresUrl();
        try {
            Books.Facts facts = Books.ask(new Books.Place(
                    DatabaseUrl.parse(url),
                    ups == null ? environment.get("TOLLGATE_POSTGRES_USER") : ups.postgresUser(),
                    ups == null ? environment.get("TOLLGATE_POSTGRES_PASSWORD") : ups.postgresPassword(),
                    told(schema, "TOLLGATE_SCHEMA", "tollgate")));
            Instant after = Instant.now();
            findings.add(Books.check(facts));
            findings.add(Services.clock("the database", facts.now(), after.minus(facts.asking()), after));
            if (brokers != null && facts.version() > 0) {
                findings.add(KafkaChecks.sink(brokers, facts.progress()));
            }
        } catch (SQLException | IllegalArgumentException | FlywayException e) {
            findings.add(Books.unreachable("PostgreSQL", said(e)));
        }
    }

    private void services() throws IOException, InterruptedException {
        HttpClient http = http();
        for (Map.Entry<String, URI> service :
                services.services(streamsUrl, sinkUrl).entrySet()) {
            Instant before = Instant.now().minusSeconds(1);
            Services.Facts facts = Services.ask(http, service.getKey(), service.getValue());
            findings.add(Services.check(facts));
            if (facts.clock() != null) {
                findings.add(Services.clock(service.getKey(), facts.clock(), before, Instant.now()));
            }
        }
    }

    private void machine(@Nullable Endpoints up) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(services.dataFolder()));
        if (stateDir != null) {
            folders.add(stateDir);
        }
        for (Path folder : folders) {
            try {
                findings.add(Machine.disk(folder, Machine.free(folder)));
            } catch (IOException e) {
                findings.add(Finding.broken("disk", said(e), "name a folder that is there"));
            }
        }
        // Where the parts are elsewhere nobody will start an 'up' here.
        if (up == null && kafka == null && !environment.containsKey("TOLLGATE_KAFKA")) {
            int base = services.portBase();
            findings.add(Machine.ports(base, Machine.busyPorts(base)));
        }
    }

    private int port(int offset) {
        return services.portBase() + offset;
    }

    private String told(@Nullable String flag, String variable, String otherwise) {
        return flag == null ? environment.getOrDefault(variable, otherwise) : flag;
    }

    /** From the file; else from the environment as the services take it. */
    private Map<String, String> security() throws IOException {
        Map<String, String> security = new HashMap<>();
        if (kafkaConfig != null) {
            Properties file = new Properties();
            try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
                file.load(reader);
            }
            file.forEach((name, value) -> security.put(String.valueOf(name), String.valueOf(value)));
            return security;
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(SECURITY)) {
                security.put(
                        name.substring(SECURITY.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return security;
    }

    private static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static String said(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.toString()
                : message.lines().findFirst().orElse("").strip();
    }

    private long count(Level level) {
        return findings.stream().filter(one -> one.level() == level).count();
    }

    private static void print(JsonNode report, PrintWriter out) {
        int width = 0;
        for (JsonNode check : report.path("checks")) {
            width = Math.max(width, check.path("check").asString("").length());
        }
        for (JsonNode check : report.path("checks")) {
            out.printf(
                    "%-7s %-" + width + "s  %s%n",
                    check.path("level").asString(""),
                    check.path("check").asString(""),
                    check.path("detail").asString(""));
            String advice = check.path("advice").asString("");
            if (!advice.isEmpty()) {
                out.println(" ".repeat(width + 10) + "→ " + advice);
            }
        }
        out.printf(
                "%n%s broken, %s warnings%n",
                report.path("broken").asString(""), report.path("warnings").asString(""));
    }
}
