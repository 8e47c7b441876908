package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.promql.PromQl;
import io.tollgate.standalone.promql.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators look at: that what the documentation, the dashboard and the alert rules speak of is there. */
@ExtendWith(SharedStack.class)
class ObservabilityIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String COMPANY = "observed";
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\| `(tollgate_[a-z_]+)` \\| (counter|gauge|histogram) \\| ([a-z_, `]*)\\|.*");
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Endpoints at;
    private static String key;

    @BeforeAll
    static void somethingHappensOfEachKind(TestStack stack) throws Exception {
        at = stack.endpoints();
        TollgateClient client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        client.putCompany(COMPANY);
        key = client.createKey(COMPANY, List.of("ingest", "correct", "admission"));
        client.postPrices(
                List.of(
                        "{\"provider\":\"openai\",\"model\":\"observed-model\",\"dimension\":\"input\",\"unit\":\"token\","
                                + "\"unit_price\":\"0.001\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"}"));
        // Pauses are shown once there was one.
        System.gc();
        assertThat(send("no JSON")).isEqualTo(400);
        assertThat(send(usage("unpriced", "a-model-without-a-price"))).isEqualTo(204);
        assertThat(client.admit(key, "no JSON").statusCode()).isEqualTo(400);
        client.put(
                "quotas/observed",
                "{\"scope\":{\"company\":\"" + COMPANY
                        + "\"},\"metric\":\"requests\",\"limit\":\"0\",\"period\":\"day\"}");
        String asking = "{\"provider\":\"openai\",\"model\":\"observed-model\",\"estimate\":{\"input\":1}}";
        await().atMost(SOON).until(() -> client.admit(key, asking).statusCode() == 429);
    }

    @Test
    void everyMetricIsDocumentedAndEveryDocumentedMetricIsThere() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/metrics.md"))) {
            Matcher row = DOCUMENTED.matcher(line);
            if (row.matches()) {
                String tags = row.group(3).replace("`", "").replace(" ", "");
                documented.put(
                        row.group(1),
                        row.group(2) + new TreeSet<>(tags.isEmpty() ? List.of() : Arrays.asList(tags.split(","))));
            }
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(shown(scrape())).isEqualTo(documented));
    }

    /** Types and tags of our metrics; a histogram's highest value is a part of it. */
    private static Map<String, String> shown(Scrape scrape) {
        Map<String, String> shown = new TreeMap<>();
        scrape.types().forEach((name, type) -> {
            boolean isHighest = name.endsWith("_max")
                    && "histogram".equals(scrape.types().get(name.substring(0, name.length() - "_max".length())));
            if (name.startsWith("tollgate_") && !isHighest) {
                String sample = type.equals("histogram") ? name + "_count" : name;
                shown.put(name, type + new TreeSet<>(scrape.labels().getOrDefault(sample, Set.of())));
            }
        });
        return shown;
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws Exception {
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(ROOT.resolve("deploy/grafana/tollgate.json")));
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> {
            if (!panel.path("type").asString().equals("row")) {
                panels.add(panel);
            }
        });

        assertThat(panels).hasSizeGreaterThan(30).allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isNotBlank();
            assertThat(panel.path("targets").size()).isPositive();
        });
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        Map<String, String> queries = new TreeMap<>();
        panels.forEach(panel -> panel.path("targets")
                .forEach(target -> queries.put(
                        panel.path("title").asString() + " "
                                + target.path("refId").asString(),
                        target.path("expr").asString())));
        assertAllExist(queries);
    }

    @Test
    void theAlertRulesAskForWhatThereIsAndSayWhatToDo() throws Exception {
        Set<String> anchors = anchors(Files.readString(ROOT.resolve("docs/operations.md")));
        Map<String, String> queries = new TreeMap<>();
        for (Map<String, Object> rule : rules()) {
            String name = required(rule, "alert").toString();
            queries.put(name, required(rule, "expr").toString());
            assertThat(required(rule, "for").toString()).as(name).matches("[0-9]+[smh]");
            assertThat(strings(required(rule, "labels")).get("severity"))
                    .as(name)
                    .isIn("page", "warn", "info");
            assertThat(strings(required(rule, "annotations")).get("summary"))
                    .as(name)
                    .isNotBlank();
            String[] runbook =
                    required(strings(required(rule, "annotations")), "runbook").split("#", 2);
            assertThat(runbook[0]).isEqualTo("docs/operations.md");
            assertThat(anchors).as(name).contains(runbook[1]);
        }
        assertThat(queries).hasSizeGreaterThan(15);
        assertAllExist(queries);
    }

    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(ROOT.resolve("deploy/prometheus/alerts.yaml")));
        return required(file, "groups").stream()
                .flatMap(group -> required(group, "rules").stream())
                .toList();
    }

    private static <T> T required(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static Map<String, String> strings(Object value) {
        Map<String, String> strings = new HashMap<>();
        ((Map<?, ?>) value).forEach((name, text) -> strings.put((String) name, (String) text));
        return strings;
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String markdown) {
        return markdown.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static void assertAllExist(Map<String, String> queries) throws IOException, InterruptedException {
        Set<String> asked = queries.values().stream()
                .flatMap(query -> PromQl.metrics(query).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        await().atMost(SOON).untilAsserted(() -> assertThat(known().keySet()).containsAll(asked));
        Map<String, Set<String>> known = known();
        Map<String, List<String>> objections = new TreeMap<>();
        queries.forEach((name, query) -> {
            List<String> found = PromQl.objections(query, known);
            if (!found.isEmpty()) {
                objections.put(name, found);
            }
        });
        assertThat(objections).isEmpty();
    }

    /** What the services show, and what Prometheus says of them. */
    private static Map<String, Set<String>> known() throws IOException, InterruptedException {
        Map<String, Set<String>> known = new TreeMap<>(scrape().labels());
        known.put("up", Set.of());
        return known;
    }

    private static Scrape scrape() throws IOException, InterruptedException {
        Scrape scrape = new Scrape();
        for (URI service : services()) {
            scrape.add(get(service.resolve("/actuator/prometheus")).body());
        }
        return scrape;
    }

    private static List<URI> services() {
        return List.of(at.gateway(), at.streams(), at.sink(), at.usageApi());
    }

    @Test
    void eachServiceSaysWhatItsReadinessIsMadeOf() throws Exception {
        Map<URI, String> parts = Map.of(
                at.gateway(), "backbone",
                at.streams(), "topology",
                at.sink(), "sink",
                at.usageApi(), "database keys quotas");
        for (URI service : services()) {
            HttpResponse<String> ready = get(service.resolve("/actuator/health/readiness"));
            assertThat(ready.statusCode()).isEqualTo(200);
            JsonNode components = JsonMapper.shared().readTree(ready.body()).path("components");
            assertThat(Stream.of(Objects.requireNonNull(parts.get(service)).split(" ")))
                    .allMatch(components::has, service.toString());
            HttpResponse<String> live = get(service.resolve("/actuator/health/liveness"));
            assertThat(live.statusCode()).isEqualTo(200);
            // A broker or a database that is away must not have every service killed.
            assertThat(JsonMapper.shared()
                            .readTree(live.body())
                            .path("components")
                            .propertyNames())
                    .containsExactly("livenessState");
        }
    }

    @Test
    void aTraceGoesFromTheRequestToTheLedgerAndToTheOutcome() throws Exception {
        String own = "\"traceparent\":\"00-11111111111111111111111111111111-aaaaaaaaaaaaaaaa-00\",";
        String batch = "[" + usage("traced-1", "observed-model") + "," + usage("traced-1", "observed-model") + ","
                + usage("traced-2", "observed-model").replace("\"type\"", own + "\"type\"") + "]";
        assertThat(send(batch, "traceparent", PARENT, "tracestate", "vendor=value", "baggage", "secret=1"))
                .isEqualTo(204);

        String request = "traceparent=" + PARENT + " tracestate=vendor=value";
        assertThat(headers(Topics.USAGE_EVENTS.name(), "traced-1", 2)).containsOnly(request);
        assertThat(headers(Topics.USAGE_RATED.name(), "traced-1", 1)).containsOnly(request);
        assertThat(headers(Topics.USAGE_OUTCOMES.name(), "traced-1", 1)).containsOnly(request);
        assertThat(headers(Topics.USAGE_RATED.name(), "traced-2", 1))
                .containsOnly("traceparent=00-11111111111111111111111111111111-aaaaaaaaaaaaaaaa-00");
    }

    /** Of the first records of an event. */
    private static List<String> headers(String topic, String id, int count) {
        byte[] event = EventHash.of(COMPANY, "it", id);
        Map<String, Object> settings = Map.of("bootstrap.servers", at.kafka(), "isolation.level", "read_committed");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(SOON).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (Arrays.equals(record.key(), event)) {
                        found.add(text(record));
                    }
                }
                return found.size() >= count;
            });
        }
        return found;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + new String(header.value(), US_ASCII));
        }
        return String.join(" ", headers);
    }

    private static String usage(String id, String model) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"it\",\"type\":\"tollgate.usage.v1\",\"data\":{"
                + "\"provider\":\"openai\",\"model\":\"" + model + "\",\"dimensions\":{\"input\":1}}}";
    }

    private static int send(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at.gateway().resolve("/v1/events"))
                .timeout(SOON)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri).timeout(SOON).build(), BodyHandlers.ofString());
    }
}
