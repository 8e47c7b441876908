package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Scope;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Periods;
import io.tollgate.quota.QuotaRule;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events, voids, changes of quotas, restarts and time in any order, against someone who keeps a list of what happened and
 * adds it up from the start each time.
 */
class RandomQuotasTest {
    private static final int STEPS = 300;
    private static final List<String> USERS = List.of("ann", "bob", "eve");
    private static final List<String> MODELS = List.of("gpt-4o", "o3");
    private static final PeriodKind[] KINDS = {
        PeriodKind.HOUR, PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.ROLLING, PeriodKind.EVERY
    };
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Quota> quotas = new HashMap<>();
    private final Map<String, Instant> made = new HashMap<>();
    private final Map<Ended, Decimal> ended = new HashMap<>();
    private long version;

    /** A window that is over. */
    private record Ended(StateName name, Window window) {}

    private record Event(String id, Instant at, @Nullable String user, String model, long tokens) {}

    @RepeatedTest(2)
    void statesAndResetsAreWhatAddingItAllUpGives(@TempDir Path stateDir) {
        try (MeteringDriver driver = new MeteringDriver(stateDir)) {
            driver.price(Given.prices());
            for (int step = 0; step < STEPS; step++) {
                step(driver, step);
                if (step % 10 == 9) {
                    driver.leap(Duration.ofSeconds(3));
                    check(driver, step);
                }
            }
        }
    }

    private void step(MeteringDriver driver, int step) {
        int dice = random.nextInt(100);
        if (dice < 60) {
            use(driver, "e" + step);
        } else if (dice < 75 && !events.isEmpty()) {
            Event gone = events.remove(random.nextInt(events.size()));
            driver.event(Given.voiding(gone.id()));
        } else if (dice < 85) {
            driver.leap(
                    Duration.ofSeconds(1)); // what has happened is in the totals, and in what a new quota starts from
            collect(driver);
            changeQuota(driver, "q" + random.nextInt(6));
        } else if (dice < 97) {
            driver.leap(Duration.ofMinutes(1 + random.nextInt(random.nextInt(4) == 0 ? 3_000 : 60)));
        } else {
            driver.leap(Duration.ofSeconds(1));
            collect(driver);
            driver.restart();
        }
    }

    private void use(MeteringDriver driver, String id) {
        int back = random.nextInt(3) == 0 ? 20 * 24 * 60 : 30;
        Instant at = driver.now.minus(Duration.ofMinutes(random.nextInt(back)));
        String user = random.nextInt(4) == 0 ? null : USERS.get(random.nextInt(USERS.size()));
        String model = MODELS.get(random.nextInt(MODELS.size()));
        Event event = new Event(id, at, user, model, 1 + random.nextInt(100));
        events.add(event);
        String reservation = random.nextInt(5) == 0 ? "rsv_" + id : null;
        driver.event(GivenQuota.used(id, event.tokens(), at, user, model, reservation));
    }

    private void changeQuota(MeteringDriver driver, String id) {
        Quota before = quotas.get(id);
        int dice = random.nextInt(10);
        if (before != null && dice < 4) {
            Quota limited = GivenQuota.limited(before, Integer.toString(1 + random.nextInt(2_000)));
            quotas.put(id, limited);
            driver.quota(limited);
            return;
        }
        ended.keySet().removeIf(window -> window.name().quota().equals(id));
        made.put(id, driver.now);
        if (before != null && dice < 6) {
            quotas.remove(id);
            driver.noQuota(id);
        } else {
            Quota quota = anyQuota(id);
            quotas.put(id, quota);
            driver.quota(quota);
        }
    }

    private Quota anyQuota(String id) {
        long seconds = 900L * (1 + random.nextInt(400));
        return Quota.newBuilder()
                .setId(id)
                .setScope(new Scope(
                        random.nextInt(3) == 0 ? "*" : Given.COMPANY,
                        random.nextInt(3) == 0 ? null : random.nextBoolean() ? "*" : "ann",
                        random.nextBoolean() ? "*" : null,
                        null,
                        random.nextInt(3) == 0 ? "gpt*" : null))
                .setMetric(random.nextBoolean() ? "tokens" : "requests")
                .setLimit(Given.decimal(Integer.toString(1 + random.nextInt(2_000))))
                .setPeriod(new Period(KINDS[random.nextInt(KINDS.length)], seconds, 900_000_000L * random.nextInt(99)))
                .setTimezone(ZONES.get(random.nextInt(ZONES.size())))
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(Given.decimal("50")))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private void check(MeteringDriver driver, int step) {
        collect(driver);
        Map<StateName, QuotaState> states = driver.states();
        Map<StateName, Decimal> expected = new HashMap<>();
        for (Quota quota : quotas.values()) {
            addUp(quota, Given.micros(driver.now), expected);
            checkEnded(quota, Given.micros(driver.now), step);
        }
        for (StateName name : expected.keySet()) {
            assertThat(states).as("step %d, seed %d", step, seed).containsKey(name);
        }
        states.forEach((name, state) -> {
            Quota quota = Objects.requireNonNull(quotas.get(name.quota()), () -> name + ", seed " + seed);
            Decimal used = expected.getOrDefault(name, Decimal.ZERO);
            Standing standing = Standing.of(quota, used, Given.micros(driver.now));
            assertThat(Decimals.fromAvro(state.getUsed()))
                    .as("%s of %s, step %d, seed %d", name, quota, step, seed)
                    .isEqualTo(used);
            assertThat(state.getStatus())
                    .as("%s, step %d, seed %d", name, step, seed)
                    .isEqualTo(standing.status());
        });
    }

    private void collect(MeteringDriver driver) {
        for (QuotaReset reset : driver.resets()) {
            StateName name = new StateName(reset.getCompany(), reset.getQuota(), reset.getUser(), reset.getKey());
            Window window = new Window(reset.getWindowStart(), reset.getWindowEnd());
            ended.put(new Ended(name, window), Decimals.fromAvro(reset.getUsed()));
        }
        for (QuotaSettlement settlement : driver.settlements()) {
            Set<MovedState> once = new HashSet<>(settlement.getMoved());
            assertThat(once).as("seed %d", seed).hasSameSizeAs(settlement.getMoved());
            assertThat(settlement.getVersion()).as("seed %d", seed).isGreaterThanOrEqualTo(version);
            version = settlement.getVersion();
        }
    }

    private void addUp(Quota quota, long now, Map<StateName, Decimal> into) {
        Window window = rule(quota).at(now);
        for (Event event : events) {
            if (isCounted(quota, event) && window.contains(Given.micros(event.at()))) {
                into.merge(name(quota, event), amount(quota, event), Decimal::plus);
            }
        }
    }

    /** What was told last of a window is what is in it now; nothing is missing of those that began under the quota. */
    private void checkEnded(Quota quota, long now, int step) {
        Map<Ended, Decimal> expected = new HashMap<>();
        Periods periods = rule(quota);
        Instant since = Objects.requireNonNull(made.get(quota.getId()));
        for (Event event : events) {
            Window window = periods.at(Given.micros(event.at()));
            if (isCounted(quota, event) && window.end() <= now && !periods.isRolling()) {
                expected.merge(new Ended(name(quota, event), window), amount(quota, event), Decimal::plus);
            }
        }
        ended.forEach((window, used) -> {
            if (window.name().quota().equals(quota.getId())) {
                assertThat(used)
                        .as("%s of %s, step %d, seed %d", window, quota, step, seed)
                        .isEqualTo(expected.getOrDefault(window, Decimal.ZERO));
            }
        });
        expected.keySet().stream()
                .filter(window -> window.window().start() >= Given.micros(since))
                .forEach(window ->
                        assertThat(ended).as("step %d, seed %d", step, seed).containsKey(window));
    }

    private static Periods rule(Quota quota) {
        return Objects.requireNonNull(QuotaRule.of(quota).periods());
    }

    private static boolean isCounted(Quota quota, Event event) {
        return QuotaRule.of(quota).scope().matches(caller(event));
    }

    private static StateName name(Quota quota, Event event) {
        return QuotaRule.of(quota).scope().nameOf(quota.getId(), caller(event));
    }

    private static Decimal amount(Quota quota, Event event) {
        return Decimal.of(quota.getMetric().equals("tokens") ? event.tokens() : 1);
    }

    private static Caller caller(Event event) {
        return new Caller(Given.COMPANY, event.user(), "key_1", "openai", event.model());
    }
}
