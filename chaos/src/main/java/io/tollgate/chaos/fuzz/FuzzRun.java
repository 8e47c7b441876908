package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.input.HostileRecords;
import io.tollgate.chaos.fuzz.input.HostileRequests;
import io.tollgate.chaos.fuzz.input.Route;
import io.tollgate.chaos.load.Canaries;
import io.tollgate.chaos.load.Doors;
import io.tollgate.chaos.part.Await;
import io.tollgate.chaos.part.Layout;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.oracle.Oracle;
import io.tollgate.oracle.Verdict;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One run. First what the oracle can judge: every route as a company's service would ask it, and the inbox. Then every
 * topic there is, and every route with the administrator's token: of that the sums of the ordinary load, the dead letters
 * and the processes themselves are looked at.
 */
public final class FuzzRun {
    private static final List<PartKind> SERVICES =
            List.of(PartKind.GATEWAY, PartKind.USAGE_API, PartKind.STREAMS, PartKind.SINK);
    /** Where what can't be read becomes a dead letter: what the topology or the sink reads. */
    private static final Set<String> BURIED = Set.of(
                    Topics.USAGE_INBOX,
                    Topics.USAGE_EVENTS,
                    Topics.USAGE_PARTIALS,
                    Topics.USAGE_RATED,
                    Topics.USAGE_OUTCOMES,
                    Topics.USAGE_STATS,
                    Topics.USAGE_DEAD,
                    Topics.QUOTA_STATES,
                    Topics.QUOTA_RESETS,
                    Topics.QUOTA_RESERVATIONS,
                    Topics.COST_ALERTS,
                    Topics.CONFIG_COMPANIES,
                    Topics.CONFIG_USERS,
                    Topics.CONFIG_KEYS,
                    Topics.CONFIG_QUOTAS,
                    Topics.CONFIG_PRICES,
                    Topics.CONFIG_ALERTS,
                    Topics.CONFIG_ADMINS,
                    Topics.CONFIG_PERIODS,
                    Topics.AUDIT_LOG)
            .stream()
            .map(Topic::name)
            .collect(Collectors.toSet());

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);

    /** Of the inputs: by HTTP as a company, to the inbox, by HTTP as an administrator; the rest to all topics. */
    private static final int[] SHARES = {40, 15, 15};

    private static final int ALL = 100;

    private final Settings settings;
    private final Path folder;
    private final Path logs;
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Long> answers = new HashMap<>();
    private final Map<String, Long> kinds = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private long requests;
    private long records;

    /**
     * What is to be done.
     *
     * @param inputs requests and records, so many at least
     */
    public record Settings(long seed, Layout layout, long inputs) {}

    /**
     * Where.
     *
     * @param folder of the data
     * @param logs of the processes; they stay
     */
    public FuzzRun(Settings settings, Path folder, Path logs) {
        this.settings = settings;
        this.folder = folder;
        this.logs = logs;
    }

    public FuzzReport run() throws Exception {
        long started = System.nanoTime();
        try (TollgateSystem system = TollgateSystem.start(settings.layout(), folder, logs)) {
            say("ready after " + since(started));
            Doors doors = new Doors(system.gateways(), system.usageApi(), system.adminToken());
            Path sent = logs.resolve("sent.ndjson");
            try (Canaries canaries = new Canaries(doors, sent)) {
                canaries.configure();
                String stranger = canaries.secretOf(HostileRecords.COMPANY);
                List<Route> routes = routes(system);
                Health health = new Health(system);
                FuzzBooks books = new FuzzBooks(system.database());

                canaries.start();
                Map<TopicFuzz.Place, String> unreadable =
                        new HashMap<>(part(system, routes, List.of(stranger), List.of(Topics.USAGE_INBOX), 0));
                canaries.pause();
                say("what the oracle can judge was sent after " + since(started));
                awaitSettled(system);
                Verdict verdict = Oracle.check(system.deployment(), sent);
                complaints.addAll(books.canaries(canaries.events()));
                complaints.addAll(health.complaints());
                say("judged after " + since(started));

                canaries.start();
                unreadable.putAll(part(system, routes, List.of(system.adminToken(), stranger), Topics.ALL, 1));
                canaries.pause();
                say("all was sent after " + since(started));
                awaitBooks(system, books, canaries.events(), unreadable);
                complaints.addAll(health.complaints());
                complaints.addAll(canaries.unexpected());
                long named = routes.stream().map(Route::toString).distinct().count();
                if (asked.size() < named) {
                    complaints.add("not every route was asked: " + asked.size() + " of " + named);
                }
                return new FuzzReport(
                        settings.seed(),
                        requests,
                        records,
                        routes.size(),
                        answers,
                        kinds,
                        canaries.events(),
                        health.memory(),
                        since(started),
                        verdict,
                        complaints.stream().distinct().toList());
            }
        }
    }

    /** Requests and records at the same time. */
    private Map<TopicFuzz.Place, String> part(
            TollgateSystem system, List<Route> routes, List<String> secrets, List<Topic> topics, int part)
            throws Exception {
        long requestCount = share(part == 0 ? SHARES[0] : SHARES[2]);
        long recordCount = share(part == 0 ? SHARES[1] : ALL - SHARES[0] - SHARES[1] - SHARES[2]);
        List<URI> services = SERVICES.stream().map(system::address).toList();
        HttpFuzz http = new HttpFuzz(
                new HostileRequests(settings.seed() + part, routes, secrets), services, part * settings.inputs());
        SchemaRegistry registry = new SchemaRegistry(system.registry().toString());
        Map<String, Integer> schemaIds = Topics.ALL.stream()
                .collect(Collectors.toMap(Topic::name, topic -> registry.idFor(topic.subject(), topic.value())));
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        HostileRecords hostile = new HostileRecords(settings.seed() + part, now, topics, schemaIds);
        try (TopicFuzz writer = new TopicFuzz(system.kafka(), hostile, topics)) {
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> writer.send(part * settings.inputs(), recordCount));
            http.send(requestCount);
            writing.get();
            requests += requestCount;
            records += writer.written();
            asked.addAll(
                    http.routes().stream().filter(route -> route.contains("/")).toList());
            add(answers, http.answers());
            add(kinds, writer.kinds());
            complaints.addAll(http.complaints());
            complaints.addAll(writer.complaints());
            complaints.addAll(new FuzzBooks(system.database()).refused(http.refused()));
            return writer.unreadable();
        }
    }

    private long share(int hundredths) {
        return settings.inputs() * hundredths / ALL;
    }

    private static void add(Map<String, Long> sums, Map<String, AtomicLong> more) {
        new TreeMap<>(more).forEach((name, count) -> sums.merge(name, count.get(), Long::sum));
    }

    private List<Route> routes(TollgateSystem system) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        List<Route> routes = new ArrayList<>();
        for (int service = 0; service < SERVICES.size(); service++) {
            URI document = system.address(SERVICES.get(service)).resolve("/openapi.json");
            routes.addAll(RouteBook.read(
                    service,
                    http.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString())
                            .body()));
        }
        return routes;
    }

    private static void awaitSettled(TollgateSystem system) throws InterruptedException, TimeoutException {
        Await.until("all to be read", SETTLED_WITHIN, () -> settled(system));
    }

    private static boolean settled(TollgateSystem system) throws Exception {
        Verdict verdict = Oracle.settled(system.deployment());
        if (verdict.holds()) {
            return true;
        }
        throw new IllegalStateException(verdict.toJson());
    }

    /** What is not so by then is complained of. */
    private void awaitBooks(
            TollgateSystem system, FuzzBooks books, long events, Map<TopicFuzz.Place, String> unreadable)
            throws Exception {
        List<String> missing = new ArrayList<>();
        try {
            Await.until("the books", SETTLED_WITHIN, () -> {
                missing.clear();
                missing.addAll(books.canaries(events));
                missing.addAll(books.unburied(unreadable, BURIED));
                return missing.isEmpty() && settled(system);
            });
        } catch (TimeoutException e) {
            complaints.addAll(missing);
            complaints.add(e.getMessage() + ": " + e.getCause());
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime));
    }

    private static void say(String what) {
        System.out.println("fuzz: " + what);
    }
}
