package io.tollgate.chaos.load;

import io.tollgate.chaos.load.Submission.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes batches, all from one seed: new events, and what belongs to earlier ones and is due by now. What is drawn depends
 * on the seed alone; what is due when, on the clock.
 */
final class Traffic {
    static final int BATCH = 100;

    private static final Duration OLDEST = Duration.ofDays(33);
    private static final int MOST_DUE = BATCH / 2;

    private final Random random;
    private final EventClock clock;
    private final long delayNanos;
    private final Map<String, Queue<Later>> later = new HashMap<>();
    private long made;

    /** @param delay how long what is to come later waits at most */
    Traffic(long seed, EventClock clock, Duration delay) {
        this.random = new Random(seed);
        this.clock = clock;
        this.delayNanos = delay.toNanos();
        Companies.ids()
                .forEach(company -> later.put(company, new PriorityQueue<>(Comparator.comparingLong(Later::due))));
    }

    /** Submissions of one company, for one request. */
    record Batch(String company, List<Submission> submissions) {}

    private record Later(long due, Submission submission) {}

    synchronized Batch next() {
        String company = Companies.ids().get(random.nextInt(Companies.COUNT));
        List<Submission> batch = due(company, System.nanoTime(), MOST_DUE);
        while (batch.size() < BATCH) {
            add(company, batch);
        }
        return new Batch(company, batch);
    }

    /** What was to come later, now. */
    synchronized List<Batch> rest() {
        List<Batch> batches = new ArrayList<>();
        for (String company : Companies.ids()) {
            for (List<Submission> due = due(company, Long.MAX_VALUE, BATCH);
                    !due.isEmpty();
                    due = due(company, Long.MAX_VALUE, BATCH)) {
                batches.add(new Batch(company, due));
            }
        }
        return batches;
    }

    private List<Submission> due(String company, long now, int most) {
        Queue<Later> waiting = later.getOrDefault(company, new PriorityQueue<>());
        List<Submission> due = new ArrayList<>();
        for (Later head = waiting.peek();
                head != null && due.size() < most && (now == Long.MAX_VALUE || head.due() - now <= 0);
                head = waiting.peek()) {
            due.add(waiting.remove().submission());
        }
        return due;
    }

    private void add(String company, List<Submission> batch) {
        String source = "service-" + random.nextInt(3);
        String id = "e-" + made++;
        int kind = random.nextInt(1000);
        Instant time = clock.now().minusMillis(random.nextInt(20_000));
        if (kind < 30) {
            time = time.minusSeconds(random.nextLong(OLDEST.toSeconds()));
        }
        Submission usage = usage(company, source, id, time);
        if (kind >= 30 && kind < 40) {
            batch.add(malformed(company, source, id, time));
            return;
        }
        if (kind >= 40 && kind < 45) {
            batch.add(voiding(company, source, id));
            later(company, usage);
            return;
        }
        if (kind >= 45 && kind < 47) {
            batch.add(voiding(company, source, id));
            return;
        }
        batch.add(usage);
        if (kind >= 47 && kind < 70) {
            later(company, usage);
        } else if (kind >= 70 && kind < 80) {
            later(company, voiding(company, source, id));
        } else if (kind >= 80 && kind < 83) {
            later(company, usage(company, source, id, time));
        } else if (kind >= 83 && kind < 86) {
            // Voided and sent once more, in whatever order that comes.
            later(company, voiding(company, source, id));
            later(company, usage);
        }
    }

    private void later(String company, Submission submission) {
        later.getOrDefault(company, new PriorityQueue<>())
                .add(new Later(System.nanoTime() + random.nextLong(delayNanos), submission));
    }

    private Submission usage(String company, String source, String id, Instant time) {
        boolean unpriced = random.nextInt(200) == 0;
        Prices.Model model = Prices.MODELS.get(random.nextInt(Prices.MODELS.size()));
        String quantities = model.dimensions().stream()
                .map(dimension -> "\"" + dimension + "\":" + quantity(dimension))
                .collect(Collectors.joining(","));
        return new Submission(
                Kind.USAGE,
                company,
                source,
                id,
                event(
                        source,
                        id,
                        time,
                        "\"provider\":\"%s\",\"model\":\"%s\",\"dimensions\":{%s},\"latency_ms\":%d,\"status\":%d,\"labels\":{\"team\":\"team-%d\"}"
                                .formatted(
                                        model.provider(),
                                        unpriced ? "not-in-the-book" : model.name(),
                                        quantities,
                                        random.nextInt(5_000),
                                        random.nextInt(50) == 0 ? 500 : 200,
                                        random.nextInt(3))));
    }

    private String quantity(String dimension) {
        return dimension.equals("audio_second")
                ? "\"" + random.nextInt(600) + "." + random.nextInt(1000) + "\""
                : Integer.toString(random.nextInt(20_000));
    }

    private String event(String source, String id, Instant time, String data) {
        return """
                {"specversion":"1.0","type":"tollgate.usage.v1","source":"%s","id":"%s","subject":"user-%d","time":"%s","data":{%s}}"""
                .formatted(source, id, random.nextInt(20), time, data);
    }

    private static Submission voiding(String company, String source, String id) {
        String json =
                """
                {"specversion":"1.0","type":"tollgate.void.v1","source":"desk","id":"void-%s","data":{"source":"%s","id":"%s","reason":"chaos"}}"""
                        .formatted(id, source, id);
        return new Submission(Kind.VOID, company, source, id, json);
    }

    private Submission malformed(String company, String source, String id, Instant time) {
        String good = "\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimensions\":{\"input\":1}";
        String json =
                switch (random.nextInt(4)) {
                    case 0 -> event(source, id, time.minus(Duration.ofDays(40)), good);
                    case 1 -> event(source, id, time.plus(Duration.ofDays(1)), good);
                    case 2 -> event(source, id, time, "\"provider\":\"openai\",\"dimensions\":{\"input\":1}");
                    default ->
                        event(
                                source,
                                id,
                                time,
                                "\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimensions\":{\"input\":\"many\"}");
                };
        return new Submission(Kind.MALFORMED, company, source, id, json);
    }
}
