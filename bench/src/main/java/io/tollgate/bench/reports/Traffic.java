package io.tollgate.bench.reports;

import io.tollgate.bench.reports.Call.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The same calls for the same seed: 40 companies of very different size, some 600 users, each with a team, a cost center
 * and three of 30 models that they mostly use; more in working hours, less on weekends.
 */
final class Traffic {
    static final int COMPANIES = 40;
    private static final int MODELS = 30;
    private static final String[] PROVIDERS = {"openai", "anthropic", "gemini"};
    private static final int FAVOURITES = 3;

    private final Random random;
    private final List<Person> people = new ArrayList<>();

    Traffic(long seed) {
        this.random = new Random(seed);
        for (int company = 0; company < COMPANIES; company++) {
            int users = 4 + 440 / (company + 8);
            for (int user = 0; user < users; user++) {
                String name = name(company);
                people.add(new Person(
                        name,
                        name + "-user-" + user,
                        name + "-key-" + user % 4,
                        "team-" + user % 8,
                        "cc-" + 100 * (user % 3 + 1)));
            }
        }
    }

    static String name(int company) {
        return "company-" + company;
    }

    int people() {
        return people.size();
    }

    /** The calls of a UTC day, in no order. */
    List<Call> day(LocalDate day, int perDay) {
        boolean weekend = day.getDayOfWeek().getValue() > 5;
        int count = weekend ? perDay / 3 : perDay * 19 / 15;
        List<Call> calls = new ArrayList<>(count);
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (int i = 0; i < count; i++) {
            calls.add(call(midnight));
        }
        return calls;
    }

    private Call call(Instant midnight) {
        // Squared: some people call much more often than others.
        double rank = random.nextDouble() * random.nextDouble();
        int number = (int) (rank * people.size());
        int model = (number * 7 + Math.min(random.nextInt(FAVOURITES), random.nextInt(FAVOURITES)) * 11) % MODELS;
        double hour = Math.max(0, Math.min(23.999, 13 + random.nextGaussian() * 4));
        long input = 200L + random.nextInt(12_000);
        long cacheRead = random.nextInt(3) == 0 ? random.nextInt(40_000) : 0;
        long output = 20L + random.nextInt(2_000);
        return new Call(
                midnight.plusMillis((long) (hour * 3_600_000)),
                people.get(number),
                PROVIDERS[model % PROVIDERS.length],
                "model-" + model,
                random.nextInt(20) == 0,
                random.nextInt(50) == 0,
                (int) (150 * Math.exp(1.6 + random.nextGaussian())),
                input,
                cacheRead,
                output,
                6 * (input * 250 + cacheRead * 25 + output * 1_000) / 5 / 6 * 6);
    }
}
