package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * An agent that may spend so much a minute and would spend more: it asks before each call, calls when it may, and says
 * what the call used, which settles its reservation. Once a minute it is told no.
 */
final class AgentOnABudget {
    static final String QUOTA = "demo-agent-minute";
    static final String COMPANY = "acme";
    static final DemoWorld.Service SERVICE =
            new DemoWorld.Service("research-agent", "research", 1, 0, 1, 0, 0, 0, 0, List.of());

    private static final Logger log = LoggerFactory.getLogger(AgentOnABudget.class);
    private static final String USER = "research-agent";
    private static final String PROVIDER = "anthropic";
    private static final String MODEL = "claude-sonnet-4-5";
    private static final int INPUT = 2000;
    private static final int OUTPUT = 600;

    private final HttpApi gateway;
    private final Courier courier;
    private final Consumer<String> out;
    private final Random random;
    private final String run;
    private boolean denied;
    private int calls;

    AgentOnABudget(HttpApi gateway, Courier courier, Consumer<String> out, long seed, String run) {
        this.gateway = gateway;
        this.courier = courier;
        this.out = out;
        this.random = new Random(seed);
        this.run = run;
    }

    /** Its budget: about thirteen calls a minute. */
    static Map<String, Object> quota() {
        return Map.of(
                "scope",
                Map.of("company", COMPANY, "user", USER),
                "metric",
                "cost",
                "limit",
                "0.20",
                "period",
                "minute",
                "enforcement",
                "hard");
    }

    /** Who is told when half of the budget, and four fifths of it, are gone. */
    static Map<String, Object> alertRule(String webhook) {
        return Map.of(
                "scope",
                Map.of("company", COMPANY, "user", USER),
                "kind",
                "quota_share",
                "quota",
                QUOTA,
                "thresholds",
                List.of("50", "80"),
                "webhooks",
                List.of(webhook));
    }

    /** One more call, if it may. */
    void call() throws IOException, InterruptedException {
        Map<String, Object> question = Map.of(
                "user",
                USER,
                "provider",
                PROVIDER,
                "model",
                MODEL,
                "estimate",
                Map.of("input", INPUT, "output", OUTPUT));
        Answer answer = gateway.send("POST", "/v1/admissions", question);
        if (answer.status() == 429) {
            tellDenied(answer);
        } else if (answer.isOk()) {
            if (denied) {
                out.accept("quota   " + QUOTA + " began anew: " + USER + " may go on");
            }
            denied = false;
            courier.deliver(List.of(used(answer.json().path("reservation").asString())));
        } else {
            log.warn("an admission was answered {}: {}", answer.status(), answer.body());
        }
    }

    private void tellDenied(Answer answer) {
        if (!denied) {
            JsonNode problem = answer.json();
            out.accept("quota   429 " + problem.path("code").asString() + ": "
                    + problem.path("detail").asString());
        }
        denied = true;
    }

    /** Never more than was asked for. */
    private DemoEvent used(String reservation) {
        return new DemoEvent(
                "1.0",
                run + "-agent-" + calls++,
                SERVICE.name(),
                DemoEvent.USAGE,
                USER,
                Instant.now().toString(),
                Map.of(
                        "provider",
                        PROVIDER,
                        "model",
                        MODEL,
                        "dimensions",
                        Map.of("input", INPUT - random.nextInt(200), "output", OUTPUT - random.nextInt(100)),
                        "reservation",
                        reservation,
                        "status",
                        200));
    }
}
