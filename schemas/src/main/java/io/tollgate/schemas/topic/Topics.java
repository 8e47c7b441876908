package io.tollgate.schemas.topic;

import io.tollgate.avro.Admin;
import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ApiKey;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.Company;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Job;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Submission;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.UsageStats;
import io.tollgate.avro.User;
import io.tollgate.avro.Webhook;
import io.tollgate.schemas.topic.Topic.Spread;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;

/** Every topic there is. Names come from here and nowhere else. */
public final class Topics {
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration TWO_WEEKS = Duration.ofDays(14);
    /** Longer than an event is accepted late and corrected, so that a re-rate finds what it reads. */
    private static final Duration LEDGER_REPLAY = Duration.ofDays(75);

    /** For trusted services that write to Kafka themselves, whatever their partitioner. Any key. */
    public static final Topic USAGE_INBOX = deleted("usage.inbox", Submission.getClassSchema(), TWO_WEEKS);

    /** Every submission, by event hash; only the gateway and re-key write here. */
    public static final Topic USAGE_EVENTS = deleted("usage.events", Submission.getClassSchema(), TWO_WEEKS);

    /** The ledger's rows, by event hash. */
    public static final Topic USAGE_RATED = deleted("usage.rated", RatedUsage.getClassSchema(), LEDGER_REPLAY);

    /** What became of each submission that is not {@code rated}, by event hash. */
    public static final Topic USAGE_OUTCOMES = deleted("usage.outcomes", Outcome.getClassSchema(), TWO_WEEKS);

    /** Differences on their way from the combiner to the totals, by company. */
    public static final Topic USAGE_PARTIALS = deleted("usage.partials", UsagePartials.getClassSchema(), TWO_WEEKS);

    /** Absolute totals, by {@link io.tollgate.schemas.StatsKey}. */
    public static final Topic USAGE_STATS = compacted("usage.stats", UsageStats.getClassSchema(), Spread.EVENTS);

    /** What could not be read or done, with the key as it came. */
    public static final Topic USAGE_DEAD = deleted("usage.dead", DeadLetter.getClassSchema(), Duration.ofDays(35));

    /** How quotas stand, by (company, quota, user, key); a company's lie in one partition. */
    public static final Topic QUOTA_STATES = compacted("quota.states", QuotaState.getClassSchema(), Spread.EVENTS);

    /** Counts that began anew, by (company, quota, user, key, window, number). */
    public static final Topic QUOTA_RESETS = deleted("quota.resets", QuotaReset.getClassSchema(), LEDGER_REPLAY);

    /** Which reservations the states have taken in, by company. */
    public static final Topic QUOTA_SETTLEMENTS =
            deleted("quota.settlements", QuotaSettlement.getClassSchema(), ONE_DAY);

    /** Admissions granted and released, by company. None outlives a day. */
    public static final Topic QUOTA_RESERVATIONS = deleted("quota.reservations", Reservation.getClassSchema(), ONE_DAY);

    /** Crossings of thresholds, by company. */
    public static final Topic COST_ALERTS = deleted("cost.alerts", Alert.getClassSchema(), LEDGER_REPLAY);

    /** Price timelines, by {@link io.tollgate.schemas.PriceKey}; each change is in every partition. */
    public static final Topic CONFIG_PRICES = compacted("config.prices", PriceTimeline.getClassSchema(), Spread.EVENTS);

    /** Quotas, by id; each change is in every partition. */
    public static final Topic CONFIG_QUOTAS = compacted("config.quotas", Quota.getClassSchema(), Spread.EVENTS);

    /** Alert rules, by id; each change is in every partition. */
    public static final Topic CONFIG_ALERTS = compacted("config.alerts", AlertRule.getClassSchema(), Spread.EVENTS);

    /** Where alerts are sent, by id. */
    public static final Topic CONFIG_WEBHOOKS = compacted("config.webhooks", Webhook.getClassSchema(), Spread.SINGLE);

    /** Users that something is known about, by (company, id). */
    public static final Topic CONFIG_USERS = compacted("config.users", User.getClassSchema(), Spread.SINGLE);

    /** Companies, by id. */
    public static final Topic CONFIG_COMPANIES = compacted("config.companies", Company.getClassSchema(), Spread.SINGLE);

    /** API keys, by id. */
    public static final Topic CONFIG_KEYS = compacted("config.keys", ApiKey.getClassSchema(), Spread.SINGLE);

    /** Named administrators, by id. */
    public static final Topic CONFIG_ADMINS = compacted("config.admins", Admin.getClassSchema(), Spread.SINGLE);

    /** Months that are closed, as {@code YYYY-MM}. None is ever opened again. */
    public static final Topic CONFIG_PERIODS =
            compacted("config.periods", ClosedPeriod.getClassSchema(), Spread.SINGLE);

    /** The newest changes of the configuration, by number. */
    public static final Topic CONFIG_VERSIONS =
            compacted("config.versions", ConfigVersion.getClassSchema(), Spread.SINGLE);

    /** Who changed what, in the order of the changes, by kind/id. Nothing is ever taken away. */
    public static final Topic AUDIT_LOG =
            new Topic("audit.log", AuditEntry.getClassSchema(), Spread.SINGLE, Topic.FOREVER);

    /** Jobs, by id. */
    public static final Topic CONFIG_JOBS = compacted("config.jobs", Job.getClassSchema(), Spread.SINGLE);

    /** How far jobs are, by id; written by those who run them, so apart from what administrators write. */
    public static final Topic JOBS_PROGRESS = compacted("jobs.progress", JobProgress.getClassSchema(), Spread.SINGLE);

    /** All of them. */
    public static final List<Topic> ALL = List.of(
            USAGE_INBOX,
            USAGE_EVENTS,
            USAGE_RATED,
            USAGE_OUTCOMES,
            USAGE_PARTIALS,
            USAGE_STATS,
            USAGE_DEAD,
            QUOTA_STATES,
            QUOTA_RESETS,
            QUOTA_SETTLEMENTS,
            QUOTA_RESERVATIONS,
            COST_ALERTS,
            CONFIG_PRICES,
            CONFIG_QUOTAS,
            CONFIG_ALERTS,
            CONFIG_WEBHOOKS,
            CONFIG_COMPANIES,
            CONFIG_USERS,
            CONFIG_KEYS,
            CONFIG_ADMINS,
            CONFIG_PERIODS,
            CONFIG_VERSIONS,
            AUDIT_LOG,
            CONFIG_JOBS,
            JOBS_PROGRESS);

    private Topics() {}

    private static Topic deleted(String name, Schema value, Duration retention) {
        return new Topic(name, value, Spread.EVENTS, retention);
    }

    private static Topic compacted(String name, Schema value, Spread spread) {
        return new Topic(name, value, spread, null);
    }
}
