package io.tollgate.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.tollgate.standalone.oracle.Account;
import io.tollgate.standalone.oracle.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the dashboard shows of money, wherever it shows any, beside what it should be. */
final class PageSums {
    private final DashboardPage page;

    PageSums(DashboardPage page) {
        this.page = page;
    }

    /** Over the days of the chart, which are all days that have any. */
    void assertShows(Money.Sums expected) {
        Map<String, BigDecimal> inAll = costs(expected, Account::currency);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, BigDecimal> thisMonth = costs(
                expected.only(account -> YearMonth.from(account.day().date()).equals(YearMonth.from(today))),
                Account::currency);
        assertThat(page.at("#spend-table tfoot")).isVisible();
        assertThat(page.amounts(page.at("#spend-total"))).isEqualTo(inAll);
        assertThat(page.amounts(page.at("#month .big"))).isEqualTo(thisMonth);
        for (String currency : inAll.keySet()) {
            Predicate<Account> own = account -> account.currency().equals(currency);
            page.at("#choice-currency").selectOption(currency);
            assertThat(page.at("#spend-table thead")).containsText("Cost, " + currency);
            for (String ranking : List.of("models", "users", "keys")) {
                assertThat(page.at("#top-" + ranking)).containsText("paid in " + currency);
                assertThat(sum(page.at("#top-" + ranking + " li > data"))).isEqualTo(inAll.get(currency));
            }
            Map<String, BigDecimal> byModel =
                    costs(expected.only(own), account -> account.day().model());
            assertThat(table()).isEqualTo(byModel);
            assertThat(page.at("#spend-table tr:has(th[title=gpt-not-in-the-book]) td")
                            .nth(1))
                    .hasText("no price");
            assertThat(page.amounts(page.at("#spend-table tfoot td").nth(1)))
                    .isEqualTo(Map.of(currency, inAll.get(currency)));
            assertThat(chart()).isEqualTo(byModel);
        }
        assertManifest(expected);
    }

    private void assertManifest(Money.Sums expected) {
        page.at("#export-period").selectOption("range");
        page.page().waitForDownload(() -> page.button("CSV").click());
        assertThat(page.at("#export-result")).containsText("checked");
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Locator sum : page.at("[data-export-sum]").all()) {
            sums.put(sum.getAttribute("data-export-sum"), new BigDecimal(sum.textContent()).stripTrailingZeros());
        }
        assertThat(sums).isEqualTo(costs(expected, Account::currency));
    }

    /** Rows by the model's name; one whose usage in this currency comes to nothing is left out. */
    private Map<String, BigDecimal> table() {
        Map<String, BigDecimal> rows = new TreeMap<>();
        for (Locator row : page.at("#spend-table tbody tr").all()) {
            rows.put(
                    row.locator("th").getAttribute("title"),
                    sum(row.locator("td").nth(1).locator("data")));
        }
        rows.values().removeIf(amount -> amount.signum() == 0);
        return rows;
    }

    /** Bars of each model, added up over the days. */
    private Map<String, BigDecimal> chart() {
        Object bars = page.page()
                .evaluate("() => Chart.getChart('spend-plot').data.datasets"
                        + ".flatMap((set) => set.exact.map((value) => [set.label, String(value)]))");
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Object bar : (List<?>) bars) {
            List<?> parts = (List<?>) bar;
            sums.merge(parts.get(0).toString(), new BigDecimal(parts.get(1).toString()), BigDecimal::add);
        }
        sums.values().removeIf(amount -> amount.signum() == 0);
        sums.replaceAll((model, amount) -> amount.stripTrailingZeros());
        return sums;
    }

    private static BigDecimal sum(Locator amounts) {
        return amounts.all().stream()
                .map(amount -> new BigDecimal(amount.getAttribute("value")))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .stripTrailingZeros();
    }

    private static Map<String, BigDecimal> costs(Money.Sums sums, Function<Account, String> key) {
        Map<String, BigDecimal> costs = new TreeMap<>();
        sums.by(key).forEach((name, money) -> costs.put(name, money.cost()));
        return costs;
    }
}
