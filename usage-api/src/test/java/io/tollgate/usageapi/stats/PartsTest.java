package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.stats.Grouping.Column;
import io.tollgate.usageapi.stats.Part.Range;
import io.tollgate.usageapi.stats.Part.Shift;
import io.tollgate.usageapi.stats.Part.Shifts;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {
    private static final LocalDate OPEN = LocalDate.parse("2026-11-21");
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "America/Los_Angeles",
            "Pacific/Auckland",
            "Pacific/Chatham");
    private static final List<WindowSize> SIZES = List.of(WindowSize.values());
    private static final List<List<Grouping>> GROUPS = List.of(
            List.of(Column.MODEL),
            List.of(Column.COMPANY),
            List.of(Column.COMPANY, Column.PROVIDER),
            List.of(Column.USER));
    private static final long QUARTER_HOUR = 900;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void eachUsageCountsOnceInItsOwnWindow() {
        for (int round = 0; round < 2_000; round++) {
            LocalDate open = LocalDate.parse("2026-07-01").plusDays(random.nextInt(200));
            StatsQuestion question = question();
            List<Part> parts = Parts.of(question, open);
            Map<Integer, Integer> expected = new TreeMap<>();
            Map<Integer, Integer> counted = new TreeMap<>();
            Instant first = question.windows().from().minusSeconds(40 * 86_400L);
            long quarterHours = (question.windows().end().getEpochSecond() - first.getEpochSecond()) / QUARTER_HOUR;
            for (int i = 0; i < 60; i++) {
                Instant time = first.plusSeconds(QUARTER_HOUR * (long) (random.nextDouble() * (quarterHours + 300)));
                add(expected, windowOf(question.windows(), time), 1);
                boolean late = random.nextInt(4) == 0;
                parts.forEach(part -> count(part, time, late, open, counted));
            }
            expected.remove(0);
            counted.values().removeIf(count -> count == 0);
            assertThat(counted)
                    .as("seed %d, round %d, %s, %s, %s", seed, round, question, open, parts)
                    .isEqualTo(expected);
        }
    }

    private StatsQuestion question() {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        WindowSize size = SIZES.get(random.nextInt(SIZES.size()));
        Instant from = Instant.parse("2026-08-01T00:00:00Z").plusSeconds(QUARTER_HOUR * random.nextInt(96 * 60));
        long quarterHours = size == WindowSize.HOUR ? 96 * 3 : 96 * 120;
        Instant to = from.plusSeconds(QUARTER_HOUR * (1 + (long) (random.nextDouble() * quarterHours)));
        Windows windows = random.nextInt(3) == 0
                ? Windows.covering(from, to, size, zone)
                : Windows.between(size.floor(from, zone), size.next(size.floor(to, zone), zone), size, zone);
        return new StatsQuestion(
                random.nextInt(5) == 0 ? windows.asOne() : windows,
                GROUPS.get(random.nextInt(GROUPS.size())),
                List.of());
    }

    private static int windowOf(Windows windows, Instant time) {
        return time.isBefore(windows.end()) ? bucket(windows.starts(), time) : 0;
    }

    private static int bucket(List<Instant> starts, Instant time) {
        return (int) starts.stream().filter(start -> !start.isAfter(time)).count();
    }

    private static void add(Map<Integer, Integer> counts, int window, int count) {
        counts.merge(window, count, Integer::sum);
    }

    /** As the tables would: a usage that came after its day was rolled up is among the changes. */
    private static void count(Part part, Instant time, boolean late, LocalDate open, Map<Integer, Integer> counted) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        boolean rolledUp = day.isBefore(open);
        boolean there =
                switch (part.table()) {
                    case DAYS, QUARTER_HOURS -> true;
                    case CHANGES -> rolledUp && late;
                    default -> rolledUp && !late;
                };
        if (!there) {
            return;
        }
        Instant row =
                switch (part.table()) {
                    case QUARTER_HOURS -> time;
                    case DAYS, CHANGES, BY_COMPANY_AND_MODEL, BY_MODEL, BY_COMPANY -> start(day);
                    case BY_MONTH, BY_COMPANY_MODEL_AND_MONTH, BY_MODEL_AND_MONTH, BY_COMPANY_AND_MONTH ->
                        start(day.withDayOfMonth(1));
                };
        if (part instanceof Range range && !row.isBefore(range.from()) && row.isBefore(range.to())) {
            add(counted, bucket(range.starts(), row), 1);
        } else if (part instanceof Shifts moved) {
            for (Shift shift : moved.shifts()) {
                if (!row.isBefore(shift.from()) && row.isBefore(shift.to())) {
                    add(counted, shift.window(), shift.sign());
                }
            }
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "model, MONTH, 2026-01-01, 2026-12-01, BY_MODEL_AND_MONTH+CHANGES+DAYS",
        "company, MONTH, 2026-01-01, 2026-11-01, BY_COMPANY_AND_MONTH+CHANGES",
        "user, MONTH, 2026-01-01, 2026-12-01, BY_MONTH+CHANGES+DAYS",
        "label:team, MONTH, 2026-10-01, 2026-11-01, BY_MONTH+CHANGES",
        "model, DAY, 2026-10-01, 2026-11-01, BY_MODEL+CHANGES",
        "model, DAY, 2026-11-01, 2026-11-23, BY_MODEL+CHANGES+DAYS",
        "company, DAY, 2026-11-01, 2026-11-23, BY_COMPANY+CHANGES+DAYS",
        "company model, MONTH, 2026-01-01, 2026-11-01, BY_COMPANY_MODEL_AND_MONTH+CHANGES",
        "company provider, DAY, 2026-10-01, 2026-11-01, BY_COMPANY_AND_MODEL+CHANGES",
        "service_tier company, DAY, 2026-10-01, 2026-11-01, BY_COMPANY_AND_MODEL+CHANGES",
        "company currency, DAY, 2026-10-01, 2026-11-01, BY_COMPANY+CHANGES",
        "user, DAY, 2026-10-01, 2026-11-01, DAYS",
        "model, DAY, 2026-11-21, 2026-11-22, DAYS",
    })
    void theSmallestTableAnswers(String groups, WindowSize size, LocalDate from, LocalDate to, String tables) {
        Windows windows = Windows.between(start(from), start(to), size, ZoneOffset.UTC);
        assertThat(tables(new StatsQuestion(windows, groups(groups), List.of())))
                .isEqualTo(tables);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, DAY, 2026-10-01, 2026-11-01, BY_MODEL+CHANGES+shifts",
        "Europe/Berlin, DAY, 2026-11-01, 2026-11-23, BY_MODEL+CHANGES+shifts+QUARTER_HOURS",
        "Asia/Tokyo, DAY, 2026-10-01, 2026-11-01, QUARTER_HOURS",
        "Asia/Tokyo, MONTH, 2026-10-01, 2026-11-01, BY_MODEL_AND_MONTH+CHANGES+shifts",
        "Europe/Berlin, HOUR, 2026-10-01, 2026-10-02, QUARTER_HOURS",
        "Europe/Berlin, DAY, 2026-11-22, 2026-11-23, QUARTER_HOURS",
    })
    void otherZonesAreTheNearestDaysOfUtcAndWhatLiesBetween(
            ZoneId zone, WindowSize size, LocalDate from, LocalDate to, String tables) {
        Windows windows = Windows.between(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant(), size, zone);
        assertThat(tables(new StatsQuestion(windows, List.of(), List.of()))).isEqualTo(tables);
    }

    @Test
    void aFilterByAUserNeedsRowsThatKnowUsers() {
        Windows day = Windows.between(start(OPEN.minusDays(1)), start(OPEN), WindowSize.DAY, ZoneOffset.UTC);
        assertThat(tables(new StatsQuestion(day, List.of(), List.of(new Filter(Column.USER, List.of("u"))))))
                .isEqualTo("DAYS");
    }

    private static List<Grouping> groups(String words) {
        return Stream.of(words.split(" "))
                .map(word -> Objects.requireNonNull(Grouping.of(word), word))
                .toList();
    }

    private static String tables(StatsQuestion question) {
        List<String> tables = new ArrayList<>();
        for (Part part : Parts.of(question, OPEN)) {
            tables.add(part instanceof Range range ? range.table().name() : "shifts");
        }
        return String.join("+", tables);
    }
}
