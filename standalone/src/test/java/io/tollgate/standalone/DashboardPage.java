package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The dashboard in a tab of its own, and everything that its console complained of: code, and the policy that guards it. */
final class DashboardPage implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private DashboardPage(BrowserContext context, URI usageApi) {
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(usageApi.toString());
    }

    static DashboardPage open(Browser browser, URI usageApi, int width, ColorScheme scheme) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setLocale("en-US")
                .setTimezoneId("Europe/Berlin")
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
        return new DashboardPage(browser.newContext(options), usageApi);
    }

    static DashboardPage open(Browser browser, URI usageApi) {
        return open(browser, usageApi, 1280, ColorScheme.LIGHT);
    }

    DashboardPage signIn(String secret) {
        page.getByLabel("Key or token").fill(secret);
        button("Open").click();
        page.locator("#page").waitFor();
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The exact value of the figure, however it is rounded for reading. */
    String exact(String selector) {
        return page.locator(selector + " data").first().getAttribute("value");
    }

    /** The exact amounts of a figure by their currencies; each is shown as it is, rounded to cents. */
    Map<String, BigDecimal> amounts(Locator figure) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        for (Locator amount : figure.locator("data").all()) {
            String[] exactly = amount.getAttribute("title").split(" ");
            BigDecimal value = new BigDecimal(exactly[1]);
            assertThat(new BigDecimal(amount.getAttribute("value"))).isEqualByComparingTo(value);
            assertThat(new BigDecimal(amount.textContent().replaceAll("[^0-9.-]", "")))
                    .as(String.join(" ", exactly))
                    .isEqualByComparingTo(readably(value));
            assertThat(amounts.put(exactly[2], value.stripTrailingZeros())).isNull();
        }
        return amounts;
    }

    /** Cents, and below one unit three digits that say something. */
    private static BigDecimal readably(BigDecimal value) {
        int zeros = value.scale() - value.precision();
        boolean isSmall = value.abs().compareTo(BigDecimal.ONE) < 0 && value.signum() != 0;
        return value.setScale(isSmall ? Math.min(20, zeros + 3) : 2, RoundingMode.HALF_UP);
    }

    /** What the console said; what a test has brought about is taken out. */
    List<String> complaintsBut(String... expected) {
        return complaints.stream()
                .filter(complaint -> List.of(expected).stream().noneMatch(complaint::contains))
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
