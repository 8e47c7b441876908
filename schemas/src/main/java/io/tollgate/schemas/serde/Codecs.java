package io.tollgate.schemas.serde;

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
import io.tollgate.schemas.topic.Topics;

/**
 * One codec for each topic, settled with the registry when made: a service that has started has all its schema ids.
 */
public record Codecs(
        AvroCodec<Submission> inbox,
        AvroCodec<Submission> events,
        AvroCodec<RatedUsage> rated,
        AvroCodec<Outcome> outcomes,
        AvroCodec<UsagePartials> partials,
        AvroCodec<UsageStats> stats,
        AvroCodec<DeadLetter> dead,
        AvroCodec<QuotaState> quotaStates,
        AvroCodec<QuotaReset> quotaResets,
        AvroCodec<QuotaSettlement> settlements,
        AvroCodec<Reservation> reservations,
        AvroCodec<Alert> alerts,
        AvroCodec<PriceTimeline> prices,
        AvroCodec<Quota> quotas,
        AvroCodec<AlertRule> alertRules,
        AvroCodec<Webhook> webhooks,
        AvroCodec<Company> companies,
        AvroCodec<User> users,
        AvroCodec<ApiKey> keys,
        AvroCodec<Admin> admins,
        AvroCodec<ClosedPeriod> periods,
        AvroCodec<ConfigVersion> versions,
        AvroCodec<AuditEntry> audit,
        AvroCodec<Job> jobs,
        AvroCodec<JobProgress> jobsProgress) {

    /**
     * Registers every topic's schema and makes its codec.
     *
     * @throws RegistryException if the registry can't be reached or refuses a schema
     */
    public static Codecs settle(SchemaIds ids) {
        return new Codecs(
                AvroCodec.of(Topics.USAGE_INBOX, ids),
                AvroCodec.of(Topics.USAGE_EVENTS, ids),
                AvroCodec.of(Topics.USAGE_RATED, ids),
                AvroCodec.of(Topics.USAGE_OUTCOMES, ids),
                AvroCodec.of(Topics.USAGE_PARTIALS, ids),
                AvroCodec.of(Topics.USAGE_STATS, ids),
                AvroCodec.of(Topics.USAGE_DEAD, ids),
                AvroCodec.of(Topics.QUOTA_STATES, ids),
                AvroCodec.of(Topics.QUOTA_RESETS, ids),
                AvroCodec.of(Topics.QUOTA_SETTLEMENTS, ids),
                AvroCodec.of(Topics.QUOTA_RESERVATIONS, ids),
                AvroCodec.of(Topics.COST_ALERTS, ids),
                AvroCodec.of(Topics.CONFIG_PRICES, ids),
                AvroCodec.of(Topics.CONFIG_QUOTAS, ids),
                AvroCodec.of(Topics.CONFIG_ALERTS, ids),
                AvroCodec.of(Topics.CONFIG_WEBHOOKS, ids),
                AvroCodec.of(Topics.CONFIG_COMPANIES, ids),
                AvroCodec.of(Topics.CONFIG_USERS, ids),
                AvroCodec.of(Topics.CONFIG_KEYS, ids),
                AvroCodec.of(Topics.CONFIG_ADMINS, ids),
                AvroCodec.of(Topics.CONFIG_PERIODS, ids),
                AvroCodec.of(Topics.CONFIG_VERSIONS, ids),
                AvroCodec.of(Topics.AUDIT_LOG, ids),
                AvroCodec.of(Topics.CONFIG_JOBS, ids),
                AvroCodec.of(Topics.JOBS_PROGRESS, ids));
    }
}
