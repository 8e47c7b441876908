package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's own browser, without a window. Where there is none, the tests that need it are skipped and say so; where
 * {@code TOLLGATE_TEST_BROWSER} names one, it has to be there.
 */
final class Chromium implements AutoCloseable {
    private static final String NAMED = "TOLLGATE_TEST_BROWSER";
    private static final List<String> USUAL = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable");
    /** It asks nobody anything, and needs neither a display nor a kernel with namespaces. */
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path executable = executable();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable)
                            .setArgs(FLAGS));
            return new Chromium(playwright, browser);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Path executable() {
        String named = System.getenv(NAMED);
        if (named != null && !named.isBlank()) {
            assertThat(Path.of(named)).as(NAMED).isExecutable();
            return Path.of(named);
        }
        Optional<Path> found =
                USUAL.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        assumeThat(found)
                .as("skipped: no Chromium is installed (apt-get install chromium), and %s names none", NAMED)
                .isPresent();
        return found.orElseThrow();
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
