package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs the demo until it is closed: sets up, then sends what each service has due and prints the money every few
 * seconds. It uses nothing but the two HTTP APIs.
 */
public final class Demo implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final Duration AGENT_EVERY = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final String WEBHOOK = "demo";

    private final Settings settings;
    private final Consumer<String> out;
    private final DemoTally tally = new DemoTally();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Lane> lanes = new ArrayList<>();
    private volatile @Nullable AlertReceiver receiver;
    private volatile @Nullable AgentOnABudget agent;
    // Two threads: a gateway that makes the senders wait must not silence the line that says so.
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "demo");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What the demo is to use.
     *
     * @param adminToken sets up the companies and reads all of their totals
     * @param seed decides who calls what and when; the same seed, the same sequence of calls
     */
    public record Settings(URI gateway, URI usageApi, String adminToken, Path keysFile, long seed) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Settings[gateway=" + gateway + ", usageApi=" + usageApi + "]";
        }
    }

    private Demo(Settings settings, Consumer<String> out) {
        this.settings = settings;
        this.out = out;
    }

    /** Returns at once; the rest happens in threads of its own. */
    public static Demo start(Settings settings, Consumer<String> out) {
        Demo demo = new Demo(settings, out);
        demo.timer.execute(demo::begin);
        return demo;
    }

    private void begin() {
        try {
            DemoWorld world = DemoWorld.load();
            setUp(world);
            out.accept("demo    " + world.companies().size() + " companies, " + lanes.size()
                    + " services; today's totals (UTC), as the usage API has them:");
            every(STEP, this::sendDue);
            MoneyLine line = new MoneyLine(new HttpApi(http, settings.usageApi(), settings.adminToken()));
            every(LINE_EVERY, () -> print(line));
            every(AGENT_EVERY, this::agentCalls);
        } catch (IOException e) {
            log.warn("the demo could not be set up yet", e);
            out.accept(
                    "demo    could not be set up yet, trying again in " + AGAIN.toSeconds() + " s: " + e.getMessage());
            ScheduledFuture<?> unused = timer.schedule(this::begin, AGAIN.toSeconds(), TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            log.error("the demo could not be set up", e);
            out.accept("demo    could not be set up: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All of it can be done again. */
    private void setUp(DemoWorld world) throws IOException, InterruptedException {
        forget();
        HttpApi gateway = new HttpApi(http, settings.gateway(), settings.adminToken());
        DemoSetup setup = new DemoSetup(gateway, DemoKeys.load(settings.keysFile()));
        setup.companies(world);
        setup.prices(PriceList.load(), world);
        Instant start = Clock.systemUTC().instant();
        String run = Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
        for (DemoWorld.Company company : world.companies()) {
            for (DemoWorld.Service service : company.services()) {
                Courier courier = new Courier(gateway.withToken(setup.key(company.id(), service)), tally);
                ServiceTraffic traffic = new ServiceTraffic(company, service, settings.seed(), run, start);
                lanes.add(new Lane(traffic, courier, new ArrayList<>()));
            }
        }
        agent = agent(setup, gateway, run);
    }

    private AgentOnABudget agent(DemoSetup setup, HttpApi gateway, String run)
            throws IOException, InterruptedException {
        AlertReceiver alerts = AlertReceiver.start(this::tellAlert);
        receiver = alerts;
        alerts.expect(setup.webhook(WEBHOOK, alerts.url()));
        setup.put("quotas/" + AgentOnABudget.QUOTA, AgentOnABudget.quota());
        setup.put("alert-rules/demo-agent-budget", AgentOnABudget.alertRule(WEBHOOK));
        HttpApi own = gateway.withToken(setup.key(AgentOnABudget.COMPANY, AgentOnABudget.SERVICE));
        return new AgentOnABudget(own, new Courier(own, tally), out, settings.seed(), run);
    }

    private void tellAlert(JsonNode webhook) {
        out.accept("alert   " + webhook.path("data").path("message").asString() + "  (webhook, "
                + webhook.path("type").asString() + ")");
    }

    private void agentCalls() {
        AgentOnABudget calling = agent;
        try {
            if (calling != null) {
                calling.call();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.warn("the agent's call failed", e);
        }
    }

    private void every(Duration interval, Runnable task) {
        ScheduledFuture<?> unused =
                timer.scheduleAtFixedRate(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendDue() {
        try {
            Instant now = Clock.systemUTC().instant();
            for (Lane lane : lanes) {
                lane.send(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A scheduled task that throws is never run again, in silence.
            log.error("the demo stopped sending", e);
            out.accept("demo    stopped sending: " + e.getMessage());
            throw e;
        }
    }

    private void print(MoneyLine line) {
        try {
            String totals = line.read(LocalDate.now(ZoneOffset.UTC), LocalTime.now(ZoneOffset.UTC));
            out.accept(totals + "  | sent " + tally.accepted + " (" + tally.voids + " voids)"
                    + (tally.rejected.sum() > 0 ? ", rejected " + tally.rejected : "")
                    + (tally.resent.sum() > 0 ? ", resent " + tally.resent : ""));
        } catch (IOException | RuntimeException e) {
            log.warn("the totals could not be read", e);
            out.accept("demo    the totals can't be read right now: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        forget();
    }

    private void forget() {
        lanes.forEach(lane -> lane.courier().close());
        lanes.clear();
        AlertReceiver listening = receiver;
        if (listening != null) {
            listening.close();
        }
    }

    /** One service, its courier, and the events that wait for a full batch. */
    private record Lane(ServiceTraffic traffic, Courier courier, List<DemoEvent> waiting) {
        void send(Instant now) throws InterruptedException {
            traffic.until(now, waiting);
            int batch = traffic.service().batch();
            while (waiting.size() >= batch) {
                List<DemoEvent> full = waiting.subList(0, batch);
                courier.deliver(List.copyOf(full));
                full.clear();
            }
        }
    }
}
