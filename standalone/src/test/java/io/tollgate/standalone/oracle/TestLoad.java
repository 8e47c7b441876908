package io.tollgate.standalone.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A load and its price book, all from one seed, in two currencies. Every event is sent twice, fifty are voided, all in
 * random order. The prices change twice within the events' days: once before anything is sent and once in the middle of it, and what
 * happened after that second change is sent after it.
 */
public final class TestLoad {
    /** Pays the list price. */
    public static final String PLAIN = "acme";

    /** Pays the list price and a fifth. */
    public static final String MARKED_UP = "globex";

    private static final BigDecimal MARKUP = new BigDecimal("1.2");
    private static final int VOIDS = 50;

    private final Random random;
    private final Instant start;
    private final Instant knownChange;
    private final Instant changeInFlight;
    private final List<TestEvent> events = new ArrayList<>();
    private final List<TestEvent> voided;

    public TestLoad(long seed, int count, Instant now) {
        this.random = new Random(seed);
        this.start = now.minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MINUTES);
        this.knownChange = start.plus(Duration.ofDays(1));
        this.changeInFlight = start.plus(Duration.ofDays(2));
        for (int i = 0; i < count; i++) {
            events.add(event(i));
        }
        List<TestEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        this.voided = List.copyOf(shuffled.subList(0, VOIDS));
    }

    public List<TestEvent> events() {
        return events;
    }

    /** The first and the last day of UTC on which anything happened. */
    public LocalDate firstDay() {
        return days().findFirst().orElseThrow();
    }

    public LocalDate lastDay() {
        return days().reduce((day, later) -> later).orElseThrow();
    }

    private Stream<LocalDate> days() {
        return events.stream()
                .map(event -> LocalDate.ofInstant(event.time(), ZoneOffset.UTC))
                .sorted();
    }

    public List<TestEvent> voided() {
        return voided;
    }

    public Set<String> voidedIds() {
        return voided.stream().map(TestEvent::id).collect(Collectors.toSet());
    }

    public Oracle oracle() {
        List<TestPrice> all = new ArrayList<>(pricesAtStart());
        all.addAll(pricesInFlight());
        return new Oracle(all, Map.of(MARKED_UP, MARKUP));
    }

    /** Prices of the vendors, the change at a day's end among them. */
    public List<TestPrice> pricesAtStart() {
        Instant always = Instant.parse("2020-01-01T00:00:00Z");
        return List.of(
                new TestPrice("openai", "gpt-4o", "input", "0.0000025", always),
                new TestPrice("openai", "gpt-4o", "cache_read", "0.00000125", always),
                new TestPrice("openai", "gpt-4o", "output", "0.00001", always),
                new TestPrice("openai", "gpt-4o", "input", "0.0000020000000000000001", knownChange),
                new TestPrice("anthropic", "claude-sonnet-4-5", "input", "0.000003", always),
                new TestPrice("anthropic", "claude-sonnet-4-5", "output", "0.000015", always),
                new TestPrice("openai", "whisper-1", "audio_second", "0.0001", always),
                new TestPrice("mistral", "mistral-large", "input", "0.0000018", "EUR", always, null),
                new TestPrice("mistral", "mistral-large", "output", "0.000005500000000000000013", "EUR", always, null),
                // Listed in euros, and one company pays dollars of its own: then no list price can be compared.
                new TestPrice("house", "house-1", "input", "0.000001", "EUR", always, null),
                new TestPrice("house", "house-1", "output", "0.000002", "EUR", always, null),
                new TestPrice("house", "house-1", "input", "0.0000011", "USD", always, MARKED_UP),
                new TestPrice("house", "house-1", "output", "0.000002100000000000000009", "USD", always, MARKED_UP));
    }

    /** Posted in the middle of the load. */
    public List<TestPrice> pricesInFlight() {
        return List.of(
                new TestPrice("anthropic", "claude-sonnet-4-5", "input", "0.0000033", changeInFlight),
                new TestPrice("openai", "gpt-4o", "output", "0.000008000000000000000007", changeInFlight));
    }

    /** The markup, as an admin would post it. */
    public String markupJson() {
        return """
                {"company":"%s","dimension":"*","multiplier":"%s","effective_from":"2020-01-01T00:00:00Z"}"""
                .formatted(MARKED_UP, MARKUP);
    }

    /** What is sent before the change in flight: all that happened before it, twice, and half of the voids. */
    public List<Submission> beforeTheChange() {
        return shuffled(false);
    }

    /** What is sent after the change in flight has been answered. */
    public List<Submission> afterTheChange() {
        return shuffled(true);
    }

    /** One CloudEvent to send with the key of its company. */
    public record Submission(String company, String json) {}

    private List<Submission> shuffled(boolean after) {
        List<Submission> submissions = new ArrayList<>();
        for (TestEvent event : events) {
            if (event.time().isBefore(changeInFlight) != after) {
                submissions.add(new Submission(event.company(), event.toJson()));
                submissions.add(new Submission(event.company(), event.toJson()));
            }
        }
        for (int i = after ? 1 : 0; i < voided.size(); i += 2) {
            submissions.add(
                    new Submission(voided.get(i).company(), voided.get(i).voidJson()));
        }
        Collections.shuffle(submissions, random);
        return submissions;
    }

    private TestEvent event(int number) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        String provider = "openai";
        String model = "gpt-4o";
        Integer status = random.nextInt(10) == 0 ? 200 : null;
        switch (random.nextInt(50)) {
            case 0 -> model = "gpt-not-in-the-book";
            case 1 -> status = 500;
            case 2, 3 -> {
                model = "whisper-1";
                dimensions.put("audio_second", "\"" + random.nextInt(600) + "." + random.nextInt(1000) + "\"");
            }
            case 4 -> dimensions.put("input", "9007199254740993");
            case 5, 6, 7 -> {
                provider = "mistral";
                model = "mistral-large";
            }
            case 8, 9 -> {
                provider = "house";
                model = "house-1";
            }
            default -> {
                if (random.nextInt(3) == 0) {
                    provider = "anthropic";
                    model = "claude-sonnet-4-5";
                } else {
                    dimensions.put("cache_read", "\"" + random.nextInt(5_000) + "\"");
                }
            }
        }
        if (status == null || status != 500) {
            if (!model.equals("whisper-1")) {
                dimensions.putIfAbsent("input", Integer.toString(random.nextInt(20_000)));
                dimensions.put("output", random.nextInt(4_000) + ".0");
            }
        }
        return new TestEvent(
                random.nextInt(3) == 0 ? MARKED_UP : PLAIN,
                "search-service",
                "req-" + number,
                start.plusMillis(random.nextLong(Duration.ofHours(71).toMillis())),
                "user-" + random.nextInt(20),
                provider,
                model,
                dimensions,
                status,
                random.nextInt(5_000),
                random.nextBoolean() ? "search" : "chat");
    }
}
