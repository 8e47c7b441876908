package io.tollgate.standalone;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
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
