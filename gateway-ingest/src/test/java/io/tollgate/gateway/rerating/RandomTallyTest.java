package io.tollgate.gateway.rerating;

import static io.tollgate.gateway.rerating.Rows.item;
import static io.tollgate.gateway.rerating.Rows.prices;
import static io.tollgate.gateway.rerating.Rows.reversal;
import static io.tollgate.gateway.rerating.Rows.row;
import static io.tollgate.gateway.rerating.Rows.timeline;
import static io.tollgate.gateway.rerating.Rows.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.MoneyChange;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Rerating;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random ledgers of events that were voided, amended and priced by changing books: what the rows sum up to, one by
 * one and with a break in the middle, is what comes of comparing each event in force with its charge by the book of
 * now.
 */
class RandomTallyTest {
    @BeforeAll
    static void guard() {
        AvroGuards.set();
    }

    private static final String[] MODELS = {"gpt-4o", "o3", "gpt-4o-2024-08-06", "unheard-of"};
    private static final String[] DIMENSIONS = {"input", "output", "cache_read", "image"};
    private static final int ROUNDS = 300;
    private static final int EVENTS = 40;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private long version;

    /** An event in force. */
    private record Live(RatedUsage row, Usage usage) {}

    @Test
    void theSumOverTheRowsIsTheSumOverTheEventsInForce() {
        for (int round = 0; round < ROUNDS; round++) {
            List<RatedUsage> ledger = new ArrayList<>();
            Map<String, Live> live = new HashMap<>();
            PriceBook book = randomBook();
            for (int step = 0; step < 3 * EVENTS; step++) {
                if (random.nextInt(EVENTS) == 0) {
                    book = randomBook();
                }
                happen(ledger, live, book);
            }
            List<PriceTimeline> timelines = randomTimelines();
            PriceBook now = Rows.book(timelines.toArray(PriceTimeline[]::new));
            Rerating asked = randomAsked();

            JobProgress found = tally(ledger, Selection.of(asked, timelines), now);

            assertSums(found, live, asked, now, "seed " + seed + ", round " + round + ", " + asked);
        }
    }

    /** In two goes, with the sums written down between them. */
    private JobProgress tally(List<RatedUsage> ledger, Selection selection, PriceBook now) {
        int stop = random.nextInt(ledger.size() + 1);
        JobProgress progress = JobProgress.newBuilder()
                .setId("rerating_1")
                .setPhase(JobPhase.SCANNING)
                .setStartedAt(0)
                .setUpdatedAt(0)
                .build();
        for (List<RatedUsage> rows : List.of(ledger.subList(0, stop), ledger.subList(stop, ledger.size()))) {
            Tally tally = Tally.of(progress);
            rows.forEach(row -> tally.add(Difference.of(row, selection, now::rate)));
            tally.writeTo(progress);
        }
        assertThat(progress.getRowsRead()).isEqualTo(ledger.size());
        return progress;
    }

    private static void assertSums(
            JobProgress found, Map<String, Live> live, Rerating asked, PriceBook now, String what) {
        long events = 0;
        long newlyPriced = 0;
        Map<String, BigDecimal> changes = new TreeMap<>();
        for (Live event : live.values()) {
            RatedUsage row = event.row();
            Rating charge = now.rate(row.getCompany(), event.usage());
            boolean meant = row.getEventTime() >= asked.getFrom()
                    && (asked.getCompany() == null || asked.getCompany().equals(row.getCompany()))
                    && (!asked.getOnlyUnpriced() || row.getState() == RatingState.UNPRICED);
            if (!meant || isInForce(row, charge)) {
                continue;
            }
            events++;
            newlyPriced += row.getState() == RatingState.UNPRICED && charge.state() == RatingState.RATED ? 1 : 0;
            add(changes, row.getCurrency(), number(row.getCost()).negate());
            add(changes, charge.currency(), number(charge.cost()));
        }
        assertThat(found.getEvents()).describedAs(what).isEqualTo(events);
        assertThat(found.getNewlyPriced()).describedAs(what).isEqualTo(newlyPriced);
        for (MoneyChange change : found.getMoney()) {
            BigDecimal sum = number(change.getCostAfter()).subtract(number(change.getCostBefore()));
            assertThat(sum)
                    .describedAs(what)
                    .isEqualByComparingTo(changes.getOrDefault(change.getCurrency(), BigDecimal.ZERO));
        }
        assertThat(found.getMoney()).extracting(MoneyChange::getCurrency).containsAll(changes.keySet());
    }

    private static boolean isInForce(RatedUsage row, Rating charge) {
        return row.getState() == charge.state()
                && row.getLines().equals(charge.lines())
                && number(row.getCost()).compareTo(number(charge.cost())) == 0
                && String.valueOf(row.getCurrency()).equals(String.valueOf(charge.currency()));
    }

    private static void add(Map<String, BigDecimal> sums, @Nullable String currency, BigDecimal amount) {
        if (currency != null) {
            sums.merge(currency, amount, BigDecimal::add);
        }
    }

    private void happen(List<RatedUsage> ledger, Map<String, Live> live, PriceBook book) {
        String id = "req-" + random.nextInt(EVENTS);
        Live before = live.get(id);
        if (before != null) {
            ledger.add(reversal(before.row()));
            live.remove(id);
            if (random.nextInt(3) == 0) {
                return;
            }
        }
        int sequence = before == null ? 0 : before.row().getSequence() + 2;
        Usage usage = randomUsage();
        RatedUsage row = row(random.nextBoolean() ? "acme" : "globex", id, sequence, usage, book);
        ledger.add(row);
        live.put(id, new Live(row, usage));
    }

    private Usage randomUsage() {
        Map<String, String> quantities = new LinkedHashMap<>();
        for (String dimension : DIMENSIONS) {
            if (random.nextInt(3) > 0) {
                quantities.put(dimension, random.nextInt(5) + "." + random.nextInt(100));
            }
        }
        Usage usage = usage(MODELS[random.nextInt(MODELS.length)], quantities);
        usage.setEventTime(Rows.TIME + random.nextInt(10));
        usage.setStatus(random.nextInt(5) == 0 ? 500 : 200);
        usage.setBillable(random.nextInt(8) > 0);
        return usage;
    }

    private Rerating randomAsked() {
        return Rerating.newBuilder()
                .setFrom(Rows.TIME + random.nextInt(6))
                .setCompany(random.nextInt(3) == 0 ? "globex" : null)
                .setOnlyUnpriced(random.nextInt(4) == 0)
                .setReason("test")
                .build();
    }

    private PriceBook randomBook() {
        return Rows.book(randomTimelines().toArray(PriceTimeline[]::new));
    }

    private List<PriceTimeline> randomTimelines() {
        version++;
        List<PriceTimeline> timelines = new ArrayList<>();
        for (String model : List.of("gpt-4o", "o3")) {
            List<String> items = new ArrayList<>();
            for (String dimension : DIMENSIONS) {
                if (random.nextInt(6) > 0) {
                    items.add(dimension);
                    items.add("0.00000000000000000" + (1 + random.nextInt(3)));
                }
            }
            PriceTimeline priced = prices(null, model, random.nextInt(3), items.toArray(String[]::new));
            if (random.nextInt(4) == 0) {
                priced.getItems().forEach(item -> item.setCurrency("EUR"));
            }
            timelines.add(priced);
        }
        if (random.nextBoolean()) {
            timelines.add(timeline(
                    "globex",
                    PriceBook.ANY,
                    version,
                    List.of(item("markup-" + version, PriceBook.ANY)
                            .setCurrency(null)
                            .setServiceTier("*")
                            .setMultiplier(Rows.exact("1.0" + random.nextInt(3)))
                            .build())));
        }
        return timelines;
    }

    private static BigDecimal number(@Nullable ExactDecimal value) {
        return value == null ? BigDecimal.ZERO : Decimals.fromAvro(value).toBigDecimal();
    }
}
