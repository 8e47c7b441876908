package io.tollgate.sink.upkeep;

import java.time.Duration;

/** How long the rows of each table stay, in whole UTC days; {@code usage_stats} and the audit stay for ever. */
public record Kept(
        Duration ledger,
        Duration outcomes,
        Duration deadLetters,
        Duration intraday,
        Duration quotaResets,
        Duration alerts) {

    /** Counts by minute show what goes on; the balance of days has its own. The usage API answers for one day less. */
    static final Duration MINUTES = Duration.ofDays(2);

    /**
     * How long after its window totals may still change: an event may be 34 days old, and its id, through which a correction
     * reaches it, lives for 70 more. A row deleted before that would come back; the rest is to spare.
     */
    private static final int INTRADAY_AT_LEAST_DAYS = 120;

    /** As above: a late event or a correction writes an ended window's reset again. */
    private static final int QUOTA_RESETS_AT_LEAST_DAYS = INTRADAY_AT_LEAST_DAYS;

    /** An alert is the list of its deliveries, which are attempted for three days. */
    private static final int ALERTS_AT_LEAST_DAYS = 7;

    public Kept {
        check(ledger.toDays() > 0, "ledger-kept", "a day or more");
        check(outcomes.toDays() > 0, "outcomes-kept", "a day or more");
        check(
                ledger.toDays() >= outcomes.toDays(),
                "ledger-kept",
                "as long as tollgate.outcomes-kept or longer: a rated usage's outcome is its row of the ledger");
        check(
                deadLetters.toDays() >= outcomes.toDays(),
                "dead-letters-kept",
                "as long as tollgate.outcomes-kept or longer: the balance counts both");
        check(
                intraday.toDays() >= INTRADAY_AT_LEAST_DAYS,
                "intraday-kept",
                INTRADAY_AT_LEAST_DAYS + " days or more: a late event or a correction may still change younger rows");
        check(
                quotaResets.toDays() >= QUOTA_RESETS_AT_LEAST_DAYS,
                "quota-resets-kept",
                QUOTA_RESETS_AT_LEAST_DAYS
                        + " days or more: a late event or a correction may still change younger rows");
        check(
                alerts.toDays() >= ALERTS_AT_LEAST_DAYS,
                "alerts-kept",
                ALERTS_AT_LEAST_DAYS + " days or more: younger ones may still be delivered");
    }

    private static void check(boolean fits, String setting, String expected) {
        if (!fits) {
            throw new IllegalArgumentException("tollgate." + setting + " must be " + expected);
        }
    }
}
