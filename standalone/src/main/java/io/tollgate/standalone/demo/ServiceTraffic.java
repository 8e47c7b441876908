package io.tollgate.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What one service sends, as a pure function of its seed: calls at uneven intervals, some of them failed, answered by
 * the service's own cache, sent twice or voided. Times are the caller's; nothing here reads a clock.
 */
final class ServiceTraffic {
    private static final long LONGEST_LATENCY_MS = 4000;
    private static final long SECOND_THOUGHT_MS = 20_000;
    private static final int[] FAILURES = {429, 429, 429, 500, 503};

    private final DemoWorld.Company company;
    private final DemoWorld.Service service;
    private final String run;
    private final Random random;
    private final int weights;
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));
    private long count;

    /** @param run part of every id: two runs with the same seed are different usage, not duplicates */
    ServiceTraffic(DemoWorld.Company company, DemoWorld.Service service, long seed, String run, Instant start) {
        this.company = company;
        this.service = service;
        this.run = run;
        // Each service has a sequence of its own, so that one more service leaves the others' as they are.
        this.random = new Random(seed ^ ((long) (company.id() + "/" + service.name()).hashCode() << 16));
        this.weights = service.calls().stream().mapToInt(DemoWorld.Call::weight).sum();
        later.add(new Later.Fresh(start.plus(gap())));
    }

    DemoWorld.Company company() {
        return company;
    }

    DemoWorld.Service service() {
        return service;
    }

    /** Adds everything that is due up to now, in order. */
    void until(Instant now, List<DemoEvent> due) {
        for (Later next = later.peek(); next != null && !next.due().isAfter(now); next = later.peek()) {
            later.remove();
            if (next instanceof Later.Repeat repeat) {
                due.add(repeat.event());
            } else {
                due.add(call(next.due()));
                later.add(new Later.Fresh(next.due().plus(gap())));
            }
        }
    }

    private DemoEvent call(Instant at) {
        DemoWorld.Call call = pick();
        DemoEvent usage = new DemoEvent(
                "1.0",
                run + "-" + ++count,
                service.name(),
                DemoEvent.USAGE,
                "user-" + (1 + random.nextInt(service.users())),
                at.toString(),
                data(call));
        if (happens(service.retriesPerMille())) {
            later.add(new Later.Repeat(at.plus(soon()), usage));
        }
        if (happens(service.voidsPerMille())) {
            Instant then = at.plus(soon());
            later.add(new Later.Repeat(then, voidOf(usage, then)));
        }
        return usage;
    }

    private Map<String, Object> data(DemoWorld.Call call) {
        boolean failed = happens(service.errorsPerMille());
        boolean cacheHit = !failed && happens(service.cacheHitsPerMille());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("provider", call.provider());
        data.put("model", call.model());
        data.put("operation", "chat");
        data.put("dimensions", failed ? Map.of() : quantities(call));
        data.put("status", failed ? FAILURES[random.nextInt(FAILURES.length)] : 200);
        data.put("latency_ms", 80 + random.nextLong(LONGEST_LATENCY_MS));
        data.put("billable", !cacheHit);
        data.put("labels", Map.of("team", service.team()));
        return data;
    }

    private Map<String, Object> quantities(DemoWorld.Call call) {
        Map<String, Object> quantities = new LinkedHashMap<>();
        call.dimensions().forEach((dimension, range) -> {
            long low = range.get(0);
            long quantity = low + random.nextLong(range.get(1) - low + 1);
            if (quantity > 0) {
                quantities.put(dimension, quantity);
            }
        });
        return quantities;
    }

    private DemoEvent voidOf(DemoEvent usage, Instant at) {
        return new DemoEvent(
                "1.0",
                "void-" + usage.id(),
                usage.source(),
                DemoEvent.VOID,
                null,
                at.toString(),
                Map.of("source", usage.source(), "id", usage.id(), "reason", "the customer was given a refund"));
    }

    private DemoWorld.Call pick() {
        int ticket = random.nextInt(weights);
        for (DemoWorld.Call call : service.calls()) {
            ticket -= call.weight();
            if (ticket < 0) {
                return call;
            }
        }
        throw new IllegalStateException("the weights of " + service.name() + " don't add up");
    }

    private boolean happens(int perMille) {
        return random.nextInt(1000) < perMille;
    }

    /** Uneven, with the service's rate as the mean. */
    private Duration gap() {
        return Duration.ofMillis(1 + random.nextLong(2 * 60_000L / service.perMinute()));
    }

    private Duration soon() {
        return Duration.ofMillis(500 + random.nextLong(SECOND_THOUGHT_MS));
    }

    /** Something that will be sent at its time. */
    private sealed interface Later {
        Instant due();

        record Fresh(Instant due) implements Later {}

        record Repeat(Instant due, DemoEvent event) implements Later {}
    }
}
