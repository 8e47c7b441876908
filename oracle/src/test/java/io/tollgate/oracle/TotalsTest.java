package io.tollgate.oracle;

import static io.tollgate.oracle.Samples.NOON;
import static io.tollgate.oracle.Samples.micros;
import static io.tollgate.oracle.Samples.price;
import static io.tollgate.oracle.Samples.submission;
import static io.tollgate.oracle.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.oracle.Samples.Book;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final PriceHistory PRICES =
            new Book().list("openai", "gpt-4o", price("input", "0.1")).build();

    private final Totals totals = new Totals(Totals.QUARTER_HOUR);
    private final Tally tally = new Tally("totals");

    @Test
    void aRowAddsUpWhatHappenedInItsWindow() {
        book(usage("openai", "gpt-4o").of("input", "3").took(10).build());
        book(usage("openai", "gpt-4o")
                .at("2026-03-15T12:14:59.999999Z")
                .of("input", "4")
                .took(11)
                .status(429)
                .build());

        compare(
                "USD",
                "requests 2 (1 good, 1 failed, 0 unpriced), tokens 7, cost 0.7, list 0.7, {input=7}, latencies "
                        + "[1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]");
        assertThat(tally.toCheck().holds()).isTrue();
    }

    @Test
    void whatIsUnpricedIsInARowWithoutACurrency() {
        book(usage("openai", "gpt-4o").of("page", "1").build());

        compare(null, "requests 1 (1 good, 0 failed, 1 unpriced), tokens 0, cost 0, list 0, {page=1}, latencies []");
        assertThat(tally.toCheck().holds()).isTrue();
    }

    @Test
    void aVoidLeavesARowOfNothing() {
        EventReplay replay = new EventReplay(PRICES, Map.of());
        replay.add(submission(
                "usage", 1, NOON, 1, usage("openai", "gpt-4o").of("input", "3").build()));
        replay.add(submission("void", 2, NOON, 1, null));
        replay.rows().forEach(totals::add);

        compare("USD", "requests 0 (0 good, 0 failed, 0 unpriced), tokens 0, cost 0, list 0, {input=0}, latencies []");
        assertThat(tally.toCheck().holds()).isTrue();
    }

    @Test
    void whatAFullRowDoesNotNameIsInItsOthers() {
        Samples.UsageBuilder many = usage("openai", "gpt-4o");
        IntStream.range(0, 1_002).forEach(i -> many.of("own" + i, "2"));
        Usage usage = many.build();

        Set<String> names = IntStream.range(0, 1_000).mapToObj(i -> "own" + i).collect(Collectors.toSet());
        assertThat(sum(usage).text(names)).contains("own1001=2").doesNotContain("other");
        names.add("other_dimensions");
        assertThat(sum(usage).text(names)).contains("other_dimensions=4").doesNotContain("own1000=", "own1001=");
        names.remove("own7");
        assertThat(sum(usage).text(names)).as("it had room").contains("own7=2").doesNotContain("other");
    }

    @Test
    void aRowThatIsMissingOrTooManyIsADifference() {
        book(usage("openai", "gpt-4o").of("input", "3").build());
        totals.compare(key("EUR"), Set.of(), "something", tally);
        totals.reportMissing(tally);

        assertThat(tally.toCheck().differing()).isEqualTo(2);
        assertThat(tally.toCheck().differences().get(0)).contains("expected nothing");
        assertThat(tally.toCheck().differences().get(1)).contains("found nothing");
    }

    private void book(Usage usage) {
        booked(usage).forEach(totals::add);
    }

    private static Totals.Sum sum(Usage usage) {
        Totals.Sum sum = new Totals.Sum();
        booked(usage).forEach(sum::add);
        return sum;
    }

    private static List<EventReplay.Booked> booked(Usage usage) {
        EventReplay replay = new EventReplay(PRICES, Map.of());
        replay.add(submission("usage", 1, NOON, 1, usage));
        return replay.rows();
    }

    private void compare(@Nullable String currency, String row) {
        totals.compare(key(currency), Set.of("input", "page"), row, tally);
        totals.reportMissing(tally);
    }

    private static Totals.Key key(@Nullable String currency) {
        return new Totals.Key(
                micros("2026-03-15T12:00:00Z"),
                "acme",
                "ann",
                "key-1",
                "openai",
                "gpt-4o",
                null,
                "{team=search}",
                currency);
    }
}
