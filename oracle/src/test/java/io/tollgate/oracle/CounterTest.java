package io.tollgate.oracle;

import static io.tollgate.oracle.Samples.NOON;
import static io.tollgate.oracle.Samples.price;
import static io.tollgate.oracle.Samples.submission;
import static io.tollgate.oracle.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.oracle.Samples.Book;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CounterTest {
    private static final Windows DAYS = new Windows("DAY", 0, 0, ZoneId.of("UTC"));
    private static final PriceHistory PRICES =
            new Book().list("openai", "gpt-4o", price("input", "0.5")).build();

    @Test
    void eachUserHasACountOfItsOwnAndUsageWithoutOneHasNone() {
        Counter counter = new Counter(new Scope("acme", "*", null, null, null), DAYS, "tokens", null);
        use(counter, usage("openai", "gpt-4o").of("input", "3").build());
        use(counter, usage("openai", "gpt-4o").of("input", "4").by("bob").build());
        use(counter, usage("openai", "gpt-4o").of("input", "9").by(null).build());

        assertThat(of(counter, "ann")).isEqualByComparingTo("3");
        assertThat(of(counter, "bob")).isEqualByComparingTo("4");
        assertThat(of(counter, null)).isEqualByComparingTo("0");
    }

    @Test
    void aCostCountsInItsCurrencyOnly() {
        Counter dollars = new Counter(new Scope("*", null, null, null, null), DAYS, "cost", "USD");
        Counter euros = new Counter(new Scope("*", null, null, null, null), DAYS, "cost", "EUR");
        for (Counter counter : List.of(dollars, euros)) {
            use(counter, usage("openai", "gpt-4o").of("input", "3").build());
        }

        assertThat(of(dollars, null)).isEqualByComparingTo("1.5");
        assertThat(of(euros, null)).isEqualByComparingTo("0");
    }

    @Test
    void errorsUnpricedAndDimensionsAreCounted() {
        Scope all = new Scope("acme", null, null, null, null);
        Usage failed = usage("openai", "gpt-4o").of("page", "2").status(503).build();
        Map.of("errors", "1", "unpriced", "1", "requests", "1", "page", "2", "input", "0")
                .forEach((metric, amount) -> {
                    Counter counter = new Counter(all, DAYS, metric, null);
                    use(counter, failed);
                    assertThat(of(counter, null)).describedAs(metric).isEqualByComparingTo(amount);
                });
    }

    @Test
    void aModelGoesByItsSnapshotsToo() {
        assertThat(takes("gpt-4o", "gpt-4o-2024-08-06")).isTrue();
        assertThat(takes("gpt-4o", "gpt-4o-mini")).isFalse();
        assertThat(takes("gpt-4*", "gpt-4o-mini")).isTrue();
        assertThat(takes("*mini", "gpt-4o-mini")).isTrue();
        assertThat(takes("g.t*", "gpt-4o")).isFalse();
    }

    @Test
    void statusIsOfTheLimitInForce() {
        Quota quota = new Quota(
                "q",
                new Scope("acme", null, null, null, null),
                "tokens",
                null,
                new BigDecimal(100),
                new BigDecimal(200),
                NOON,
                List.of(new BigDecimal(80), new BigDecimal(100)),
                List.of(),
                0,
                null);

        assertThat(quota.status(new BigDecimal("79.9"), NOON)).isEqualTo("ok");
        assertThat(quota.status(new BigDecimal(80), NOON)).isEqualTo("warning");
        assertThat(quota.status(new BigDecimal(100), NOON)).isEqualTo("warning");
        assertThat(quota.status(new BigDecimal("100.1"), NOON)).isEqualTo("exceeded");
        assertThat(quota.status(new BigDecimal("100.1"), NOON - 1)).isEqualTo("ok");
    }

    private static boolean takes(String model, String found) {
        return new Scope("acme", null, null, null, model).takes("acme", null, null, "openai", found);
    }

    private static void use(Counter counter, Usage usage) {
        EventReplay replay = new EventReplay(PRICES, Map.of());
        replay.add(submission("usage", 1, NOON, 1, usage));
        replay.rows().forEach(counter::add);
    }

    private static BigDecimal of(Counter counter, @Nullable String user) {
        return counter.in(new Scope.Subject("acme", user, null), DAYS.at(NOON)).amount();
    }
}
