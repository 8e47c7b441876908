package io.tollgate.oracle;

import java.util.List;

/** Names of topics, and who must have read them. */
final class Topics {
    static final String EVENTS = "usage.events";
    static final String INBOX = "usage.inbox";
    static final String PRICES = "config.prices";
    static final String QUOTAS = "config.quotas";
    static final String ALERT_RULES = "config.alerts";
    static final String ALERTS = "cost.alerts";

    /** Sources of the topology. */
    static final List<String> METERED = List.of(INBOX, EVENTS, PRICES, "usage.partials", QUOTAS, ALERT_RULES);

    /** What the tables are written from. */
    static final List<String> BOOKED = List.of(
            EVENTS,
            "usage.rated",
            "usage.outcomes",
            "usage.stats",
            "usage.dead",
            "quota.states",
            "quota.resets",
            ALERTS);

    private Topics() {}
}
