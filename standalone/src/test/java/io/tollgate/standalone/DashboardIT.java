package io.tollgate.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tollgate.standalone.client.Endpoints;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The dashboard in a real browser, before the real services. Whatever its console complains of fails the test, violations
 * of its Content-Security-Policy among it.
 */
@ExtendWith(SharedStack.class)
class DashboardIT {
    /** A comma with an even number of quotation marks behind it. */
    private static final String OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private static final Duration SOON = Duration.ofSeconds(45);
    /** A browser tells of each answer that is an error. */
    private static final String REFUSED = "Failed to load resource";

    private static TestStack stack;
    private static Endpoints at;
    private static TollgateClient client;
    private static Chromium chromium;
    private static int events;

    @BeforeAll
    static void prepare(TestStack shared) throws Exception {
        chromium = Chromium.start();
        stack = shared;
        at = stack.endpoints();
        client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        setDefaultAssertionTimeout((double) SOON.toMillis());
        // A dollar for a thousand tokens.
        client.postPrices(List.of("{\"provider\":\"openai\",\"model\":\"dash-model\",\"dimension\":\"input\","
                + "\"unit\":\"token\",\"unit_price\":\"0.001\",\"currency\":\"USD\","
                + "\"effective_from\":\"2020-01-01T00:00:00Z\"}"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** A company of one test, and a key of it that may do everything. */
    private static String company(String id) throws Exception {
        client.putCompany(id);
        String key = client.createKey(id, List.of("ingest", "correct", "read"));
        await().atMost(SOON).until(() -> use(key, "somebody", 0) == 204);
        return key;
    }

    private static int use(String key, String user, long tokens) throws Exception {
        return client.sendBatch(
                key,
                List.of("{\"specversion\":\"1.0\",\"id\":\"dash-" + events++
                        + "\",\"source\":\"dash\",\"type\":\"tollgate.usage.v1\",\"subject\":\"" + user
                        + "\",\"data\":{\"provider\":\"openai\",\"model\":\"dash-model\",\"dimensions\":{\"input\":"
                        + tokens + "}}}"));
    }

    private static DashboardPage open(String secret) {
        return DashboardPage.open(chromium.browser(), at.usageApi()).signIn(secret);
    }

    @Test
    void anEventThatIsPostedAppearsInTheTotalsTheChartAndTheLiveView() throws Exception {
        String key = company("dash-event");
        try (DashboardPage dashboard = open(key)) {
            assertThat(dashboard.at("#stream")).hasText(Pattern.compile("Live$"));
            assertThat(use(key, "lena", 1_234)).isEqualTo(204);

            assertThat(dashboard.at("#month data[value='1.234']")).isVisible();
            assertThat(dashboard.at("#today data[value='1.234']")).isVisible();
            assertThat(dashboard.at("#spend-total data[value='1.234']")).isVisible();
            assertThat(dashboard.at("#spend-table tbody tr").first()).containsText("dash-model");
            assertThat(dashboard.at("#top-users")).containsText("lena");
            assertThat(dashboard.at("#rate-spend data[value='1.234']")).isVisible();
            assertThat(dashboard
                            .page()
                            .evaluate("() => Chart.getChart('spend-plot').data.datasets"
                                    + ".flatMap((set) => set.exact).filter((sum) => !sum.isZero).join()"))
                    .isEqualTo("1.234");
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
    }

    @Test
    void aQuotasGaugeTurnsAndItsAlertPopsUp() throws Exception {
        String key = company("dash-quota");
        client.put(
                "quotas/dash-day",
                "{\"scope\":{\"company\":\"dash-quota\"},\"metric\":\"cost\",\"limit\":\"10\",\"period\":\"day\","
                        + "\"enforcement\":\"hard\",\"thresholds\":[\"80\"]}");
        client.put(
                "alert-rules/dash-rule",
                "{\"scope\":{\"company\":\"dash-quota\"},\"kind\":\"quota_share\",\"quota\":\"dash-day\","
                        + "\"thresholds\":[\"100\"]}");
        try (DashboardPage dashboard = open(key)) {
            assertThat(dashboard.at("#stream")).hasText(Pattern.compile("Live$"));
            use(key, "lena", 2_500);
            var gauge =
                    dashboard.page().getByRole(AriaRole.METER, new Page.GetByRoleOptions().setName("dash-day used"));
            assertThat(gauge).hasAttribute("aria-valuenow", "25");
            assertThat(dashboard.at("[data-quota=dash-day] .left data")).hasAttribute("value", "7.5");

            use(key, "lena", 8_000);
            assertThat(gauge).hasAttribute("aria-valuenow", "100");
            assertThat(dashboard.at("[data-quota=dash-day]")).containsText("used up");
            assertThat(dashboard.at(".toast")).containsText("dash-day");
            assertThat(dashboard.at("#alerts-panel li").first()).containsText("$10.50 of $10.00");
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
    }

    @Test
    void anExportIsSavedAndItsSumIsThePages() throws Exception {
        String key = company("dash-export");
        for (int tokens : new int[] {1_001, 20_020, 333}) {
            use(key, "lena", tokens);
        }
        await().atMost(SOON)
                .until(() ->
                        client.read("/v1/stats?company=dash-export").toString().contains("21.354"));
        try (DashboardPage dashboard = open(key)) {
            assertThat(dashboard.at("#month data[value='21.354']")).isVisible();
            Download file = dashboard
                    .page()
                    .waitForDownload(() -> dashboard.button("CSV").click());
            assertThat(file.suggestedFilename()).endsWith(".csv");
            List<List<String>> rows = Files.readAllLines(file.path()).stream()
                    .map(line -> List.of(line.split(OUTSIDE_QUOTES, -1)))
                    .toList();
            int cost = rows.get(0).indexOf("cost");
            BigDecimal sum = rows.stream()
                    .skip(1)
                    .map(row -> new BigDecimal(row.get(cost)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum.stripTrailingZeros()).isEqualTo(new BigDecimal(dashboard.exact("#month")));
            assertThat(dashboard.at("[data-export-sum=USD]")).hasAttribute("value", "21.354");
            assertThat(dashboard.at("#export-result")).containsText("checked");
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
    }

    @Test
    void aReadKeySeesItsCompanyAloneAndAnAdministratorPicksOne() throws Exception {
        String one = company("dash-one");
        String other = company("dash-two");
        use(one, "in-one", 100);
        use(other, "in-two", 200);
        await().atMost(SOON).until(() -> client.read("/v1/stats?group_by=user&company=dash-two")
                .toString()
                .contains("in-two"));
        try (DashboardPage dashboard = open(one)) {
            assertThat(dashboard.at("#own-company")).hasText("dash-one");
            assertThat(dashboard.at("#top-users")).containsText("in-one");
            assertThat(dashboard.at("#company")).hasCount(0);
            assertThat(dashboard.page().content()).doesNotContain("dash-two", "in-two");
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
        try (DashboardPage dashboard = open(stack.adminToken())) {
            assertThat(dashboard.at("#company option[value=dash-one]")).hasCount(1);
            dashboard.at("#company").selectOption("dash-two");
            assertThat(dashboard.at("#top-users")).containsText("in-two");
            assertThat(dashboard.at("#month data[value='0.2']")).isVisible();
            assertThat(dashboard.page().url()).contains("company=dash-two").doesNotContain(stack.adminToken());
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedIsSaidWithWhatToDo() throws Exception {
        String key = company("dash-refused");
        try (DashboardPage dashboard = DashboardPage.open(chromium.browser(), at.usageApi())) {
            dashboard.page().getByLabel("Key or token").fill("tg_" + "0".repeat(48));
            dashboard.page().keyboard().press("Enter");
            assertThat(dashboard.page().getByRole(AriaRole.ALERT)).containsText("No key has this secret.");
            String writer = client.createKey("dash-refused", List.of("ingest"));
            await().atMost(SOON).until(() -> use(writer, "somebody", 0) == 204);
            dashboard.page().getByLabel("Key or token").fill(writer);
            dashboard.page().keyboard().press("Enter");
            assertThat(dashboard.page().getByRole(AriaRole.ALERT)).containsText("the scope “read”");

            dashboard
                    .page()
                    .route(
                            url -> url.contains("/v1/quotas"),
                            route -> route.fulfill(
                                    new Route.FulfillOptions()
                                            .setStatus(503)
                                            .setContentType("application/problem+json")
                                            .setHeaders(Map.of("Retry-After", "1"))
                                            .setBody(
                                                    "{\"code\":\"database_unavailable\",\"detail\":\"The database is away.\"}")));
            dashboard.signIn(key);
            assertThat(dashboard.at("#quotas-panel")).containsText("The database is away.");
            assertThat(dashboard.at("#quotas-panel")).containsText("tried again by itself");
            dashboard.page().unrouteAll();
            assertThat(dashboard.at("#quotas-panel")).containsText("No quota is in use.");

            dashboard.context().setOffline(true);
            assertThat(dashboard.at("#stream")).containsText("trying again");
            dashboard.context().setOffline(false);
            assertThat(dashboard.at("#stream")).hasText(Pattern.compile("Live$"));

            dashboard
                    .page()
                    .route(
                            url -> url.contains("/v1/stats"),
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setStatus(401)
                                    .setBody("{\"code\":\"revoked_key\",\"detail\":\"This key is revoked.\"}")));
            dashboard.at("#choice-by").selectOption("user");
            assertThat(dashboard.page().getByRole(AriaRole.ALERT)).containsText("This key is revoked.");
            assertThat(dashboard.page().evaluate("() => sessionStorage.length")).isEqualTo(0);
            assertThat(dashboard.complaintsBut(REFUSED)).isEmpty();
        }
    }

    @Test
    void itIsUsedByKeyboardAloneAndReadByNames() throws Exception {
        String key = company("dash-keyboard");
        use(key, "lena", 10);
        try (DashboardPage dashboard = DashboardPage.open(chromium.browser(), at.usageApi())) {
            Page page = dashboard.page();
            assertThat(dashboard.at("#secret")).isFocused();
            page.keyboard().type(key);
            page.keyboard().press("Enter");
            assertThat(dashboard.at("#content")).isFocused();
            assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
            assertThat(page.getByRole(AriaRole.BANNER)).hasCount(1);
            assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Sections")))
                    .hasCount(1);
            for (String region : List.of("Now", "Spend over time", "Quotas", "Alerts", "To do", "Export")) {
                assertThat(page.getByRole(
                                AriaRole.REGION,
                                new Page.GetByRoleOptions().setName(region).setExact(true)))
                        .hasCount(1);
            }
            // Into the choices, and along them by the arrows.
            page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("This month"))
                    .focus();
            page.keyboard().press("ArrowLeft");
            assertThat(page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("30 days")))
                    .isChecked();
            page.keyboard().press("Tab");
            assertThat(page.getByRole(
                            AriaRole.COMBOBOX,
                            new Page.GetByRoleOptions().setName("By").setExact(true)))
                    .isFocused();
            page.keyboard().type("User");
            assertThat(dashboard.at("#spend-table")).containsText("lena");
            assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Cost over time")))
                    .hasCount(1);

            assertThat(unnamed(page)).isEqualTo(List.of());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Switch to the dark theme"))
                    .focus();
            page.keyboard().press("Enter");
            assertThat(dashboard.at("html")).hasAttribute("data-theme", "dark");
            page.reload();
            assertThat(dashboard.at("html")).hasAttribute("data-theme", "dark");
            assertThat(dashboard.at("#spend-table")).containsText("lena");
            assertThat(dashboard.complaintsBut()).isEmpty();
        }
    }

    /** Controls that a screen reader could only call a button or a field. */
    private static Object unnamed(Page page) {
        return page.evaluate(
                """
                () => [...document.querySelectorAll("button, input, select, canvas, [role=meter], [role=region]")]
                    .filter((control) => control.checkVisibility())
                    .filter((control) => !control.textContent.trim() || control.matches("select"))
                    .filter((control) => !control.ariaLabel && !control.labels?.length && !control.getAttribute("aria-labelledby"))
                    .map((control) => control.outerHTML)
                """);
    }

    @Test
    void aPhoneNeedsNoScrollingSidewaysAndBothThemesHaveContrast() throws Exception {
        String key = company("dash-phone");
        use(key, "a-user-with-a-very-long-name-that-would-not-fit-on-any-phone@example.com", 7);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (DashboardPage dashboard = DashboardPage.open(chromium.browser(), at.usageApi(), 400, scheme)) {
                assertThat(dashboard.page().evaluate("() => document.documentElement.scrollWidth"))
                        .isEqualTo(400);
                dashboard.signIn(key);
                assertThat(dashboard.at("#top-users")).containsText("a-user-with");
                assertThat(dashboard.at("#exports-panel button").first()).isVisible();
                assertThat(dashboard.page().evaluate("() => document.documentElement.scrollWidth"))
                        .isEqualTo(400);
                assertThat(faint(dashboard.page())).isEqualTo(List.of());
                assertThat(dashboard.complaintsBut()).isEmpty();
            }
        }
    }

    /** Texts whose contrast is below 4.5 to 1, as WCAG counts it. */
    private static Object faint(Page page) {
        return page.evaluate(
                """
                () => {
                  const light = (colour) => {
                    const [red, green, blue] = colour.match(/[\\d.]+/g).map((part) => part / 255)
                        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
                  };
                  const ground = (element) => {
                    const colour = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
                    return colour.startsWith("rgba(0, 0, 0, 0") ? ground(element.parentElement) : colour;
                  };
                  return [...document.querySelectorAll("main *, header *")]
                      .filter((element) => element.checkVisibility() && !element.closest(".hidden-text, svg, select"))
                      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
                      .map((element) => {
                        const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
                        return [element, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)];
                      })
                      .filter(([, contrast]) => contrast < 4.5)
                      .map(([element, contrast]) => contrast.toFixed(2) + " " + element.outerHTML.slice(0, 120));
                }
                """);
    }

    @Test
    void thePageIsServedToEveryoneByAStrictPolicyAndKept() {
        try (DashboardPage dashboard = DashboardPage.open(chromium.browser(), at.usageApi())) {
            List<Response> files = new ArrayList<>();
            dashboard.page().onResponse(files::add);
            Response page = dashboard.page().reload();
            dashboard.at("#sign-in-form").waitFor();
            assertThat(page.headers().get("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().get("cache-control")).isEqualTo("no-cache");
            assertThat(page.headers().get("etag")).isNotBlank();
            assertThat(dashboard
                            .page()
                            .evaluate("() => fetch(document.querySelector('script[type=module]').src)"
                                    + ".then((file) => file.headers.get('cache-control'))"))
                    .asString()
                    .contains("immutable");
            // Nothing of it comes from elsewhere.
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file.url())
                    .startsWith(at.usageApi().toString()));
            // The policy holds: what would break it is refused, and told.
            dashboard
                    .page()
                    .evaluate("() => { const style = document.createElement('style');"
                            + " style.textContent = 'body { color: red }'; document.head.append(style); }");
            await().atMost(SOON).until(() -> {
                dashboard.page().evaluate("() => 0");
                return !dashboard.complaintsBut().isEmpty();
            });
            assertThat(dashboard.complaintsBut("Content Security Policy")).isEmpty();
        }
    }

    /** Random amounts beside Java's. */
    @Test
    void thePagesDecimalsAreExact() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DashboardIT seed " + seed);
        Random random = new Random(seed);
        List<String> amounts = IntStream.range(0, 2_000)
                .mapToObj(i -> new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(25))
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))
                        .toPlainString())
                .toList();
        BigDecimal sum = amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<String> sorted = amounts.stream()
                .map(BigDecimal::new)
                .sorted()
                .map(amount ->
                        amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString())
                .toList();
        try (DashboardPage dashboard = DashboardPage.open(chromium.browser(), at.usageApi())) {
            Object found = dashboard
                    .page()
                    .evaluate(
                            """
                            async (amounts) => {
                              const { Decimal, sum } = await import(document.querySelector("script[type=module]").src.replace("main.js", "decimal.js"));
                              const all = amounts.map(Decimal.of);
                              return [sum(all).toString(), ...all.sort((one, other) => one.compare(other)).map(String)];
                            }
                            """,
                            amounts);
            List<String> expected =
                    new ArrayList<>(List.of(sum.stripTrailingZeros().toPlainString()));
            expected.addAll(sorted);
            assertThat(found).isEqualTo(expected);
        }
    }
}
