package io.tollgate.streams;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Freezes what the stores of a release hold after a short story, in which each store gets something to keep. Run once for
 * a release ({@code CONTRIBUTING.md} says how), committed, never changed again.
 */
final class FreezeStores {
    static final String COUNTED = "counted";
    static final String TO_BE_VOIDED = "to-be-voided";
    static final String TO_COME = "to-come";

    private FreezeStores() {}

    /** Arguments: the file of the release to be, {@code src/test/resources/released/2.stores} say. */
    public static void main(String[] arguments) throws IOException {
        try (MeteringDriver driver = new MeteringDriver(Files.createTempDirectory("freeze"), Given.NOW)) {
            tell(driver);
            Path file = Path.of(arguments[0]);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, driver.frozen().toString());
        }
    }

    /** 6 of a quota of 10 are used, over three thresholds; a correction waits for its event. */
    static void tell(MeteringDriver driver) {
        driver.price(Given.prices());
        driver.quota(GivenQuota.cost("month", "10", PeriodKind.MONTH));
        driver.rule(rule("share", AlertKind.QUOTA_SHARE, "month", null, "50"));
        driver.rule(rule("day", AlertKind.SPEND, null, new Period(PeriodKind.DAY, 0L, 0L), "5"));
        driver.rule(rule("hour", AlertKind.SPEND, null, new Period(PeriodKind.ROLLING, 3_600L, 0L), "5"));
        driver.event(Given.usage(COUNTED, 400_000, 50_000));
        driver.event(Given.usage(TO_BE_VOIDED, 1_000_000, 200_000));
        driver.event(Given.amend(TO_COME, 2, 400_000, 0));
        driver.idle(Duration.ofSeconds(2));
    }

    private static AlertRule rule(
            String id, AlertKind kind, @Nullable String quota, @Nullable Period window, String threshold) {
        return AlertRule.newBuilder()
                .setId(id)
                .setScope(GivenQuota.scope(Given.COMPANY, null, null))
                .setKind(kind)
                .setQuota(quota)
                .setWindow(window)
                .setCurrency(window == null ? null : "USD")
                .setThresholds(List.of(Given.decimal(threshold)))
                .setWebhooks(List.of("ops"))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
