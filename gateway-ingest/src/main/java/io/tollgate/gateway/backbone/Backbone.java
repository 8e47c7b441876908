package io.tollgate.gateway.backbone;

import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.Company;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.avro.Job;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.avro.User;
import io.tollgate.avro.Webhook;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.quota.AdmissionBook;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that needs Kafka, made once it answers. What it holds goes on from what it knows while Kafka is away. */
public final class Backbone implements AutoCloseable {
    private static final Duration PRICES = Duration.ofSeconds(30);

    private final KafkaCluster kafka;
    private final Codecs codecs;
    private final Acks acks = new Acks("events");
    private final org.apache.kafka.clients.admin.Admin admin;
    private final ApiKeys keys;
    private final ConfigTable<Company> companies;
    private final PriceBook book = new PriceBook();
    private final ConfigTable<PriceTimeline> prices;
    private final AdmissionTopics admissions;
    private final ConfigTable<Quota> quotas;
    private final ConfigTable<User> users;
    private final ConfigTable<AlertRule> alertRules;
    private final ConfigTable<Webhook> webhooks;
    private final Admins admins;
    private final ConfigTable<ClosedPeriod> periods;
    private final ConfigTable<ConfigVersion> versions;
    private final ConfigTable<Job> jobs;
    private final ConfigTable<JobProgress> jobsProgress;
    private final EventLog events;
    private final ConfigWriter writer;
    private final BrokerWatch watch;

    Backbone(BackboneSettings settings, org.apache.kafka.clients.admin.Admin admin, Codecs codecs) {
        this.kafka = settings.kafka();
        this.codecs = codecs;
        this.admin = admin;
        this.keys = new ApiKeys(kafka, codecs.keys());
        this.companies = ConfigTable.start(Topics.CONFIG_COMPANIES, kafka, codecs.companies());
        this.prices = ConfigTable.start(Topics.CONFIG_PRICES, kafka, codecs.prices(), this::priceChanged);
        AdmissionBook admissionBook = new AdmissionBook();
        this.quotas = ConfigTable.start(Topics.CONFIG_QUOTAS, kafka, codecs.quotas(), admissionBook::quotaChanged);
        this.admissions = new AdmissionTopics(kafka, codecs, admissionBook, quotas);
        this.users = ConfigTable.start(Topics.CONFIG_USERS, kafka, codecs.users());
        this.alertRules = ConfigTable.start(Topics.CONFIG_ALERTS, kafka, codecs.alertRules());
        this.webhooks = ConfigTable.start(Topics.CONFIG_WEBHOOKS, kafka, codecs.webhooks());
        this.admins = new Admins(kafka, codecs.admins());
        this.periods = ConfigTable.start(Topics.CONFIG_PERIODS, kafka, codecs.periods());
        this.versions = ConfigTable.start(Topics.CONFIG_VERSIONS, kafka, codecs.versions());
        this.jobs = ConfigTable.start(Topics.CONFIG_JOBS, kafka, codecs.jobs());
        this.jobsProgress = ConfigTable.start(Topics.JOBS_PROGRESS, kafka, codecs.jobsProgress());
        this.events = new EventLog(kafka, codecs.events(), acks, settings.linger(), settings.inFlightBytes());
        this.writer = new ConfigWriter(
                kafka,
                admin,
                new Journal(codecs),
                new ConfigTopic<>(Topics.CONFIG_VERSIONS, codecs.versions(), versions),
                new ConfigTopic<>(Topics.CONFIG_COMPANIES, codecs.companies(), companies),
                new ConfigTopic<>(Topics.CONFIG_KEYS, codecs.keys(), keys.table()),
                new ConfigTopic<>(Topics.CONFIG_PRICES, codecs.prices(), prices),
                new ConfigTopic<>(Topics.CONFIG_QUOTAS, codecs.quotas(), quotas),
                new ConfigTopic<>(Topics.CONFIG_USERS, codecs.users(), users),
                new ConfigTopic<>(Topics.CONFIG_ALERTS, codecs.alertRules(), alertRules),
                new ConfigTopic<>(Topics.CONFIG_WEBHOOKS, codecs.webhooks(), webhooks),
                new ConfigTopic<>(Topics.CONFIG_ADMINS, codecs.admins(), admins.table()),
                new ConfigTopic<>(Topics.CONFIG_PERIODS, codecs.periods(), periods),
                new ConfigTopic<>(Topics.CONFIG_JOBS, codecs.jobs(), jobs));
        this.watch = new BrokerWatch(admin, new BrokerWatch.Watched(events.producer(), acks), admissions.watched());
        watch.start();
    }

    public ApiKeys keys() {
        return keys;
    }

    public ConfigTable<Company> companies() {
        return companies;
    }

    public ConfigTable<PriceTimeline> prices() {
        return prices;
    }

    /** Newest version of the price book; 0 where it is empty. */
    public long priceVersion() {
        return prices.values().stream()
                .mapToLong(PriceTimeline::getVersion)
                .max()
                .orElse(0);
    }

    /** What {@link #prices} come to. */
    public PriceBook book() {
        return book;
    }

    public ConfigTable<Quota> quotas() {
        return quotas;
    }

    /** By (company, id). */
    public ConfigTable<User> users() {
        return users;
    }

    public ConfigTable<AlertRule> alertRules() {
        return alertRules;
    }

    public ConfigTable<Webhook> webhooks() {
        return webhooks;
    }

    /** Named administrators. */
    public Admins admins() {
        return admins;
    }

    /** Months that were closed. */
    public ConfigTable<ClosedPeriod> periods() {
        return periods;
    }

    /** The newest changes of the configuration, by number. */
    public ConfigTable<ConfigVersion> versions() {
        return versions;
    }

    /** Number of the last change of the configuration; 0 where there was none. */
    public long configVersion() {
        return versions.values().stream()
                .mapToLong(ConfigVersion::getNumber)
                .max()
                .orElse(0);
    }

    /** What admissions are decided on, and written to. */
    public AdmissionTopics admissions() {
        return admissions;
    }

    public ConfigTable<Job> jobs() {
        return jobs;
    }

    public ConfigTable<JobProgress> jobsProgress() {
        return jobsProgress;
    }

    public EventLog events() {
        return events;
    }

    public ConfigWriter writer() {
        return writer;
    }

    /** For whoever needs clients of its own. */
    public KafkaCluster kafka() {
        return kafka;
    }

    public org.apache.kafka.clients.admin.Admin admin() {
        return admin;
    }

    public Codecs codecs() {
        return codecs;
    }

    /** Waits until the prices are known as they were when the gateway started; false if that takes too long. */
    public boolean awaitPrices() {
        return prices.awaitCaughtUp(PRICES);
    }

    /** Whether all configuration is known as it was when the gateway started, or later. */
    public boolean knowsConfiguration() {
        return keys.table().caughtUp()
                && admins.table().caughtUp()
                && Stream.of(companies, prices, quotas, users, alertRules, webhooks, periods, versions, jobs)
                        .allMatch(ConfigTable::caughtUp);
    }

    /** Whether an event that is let in now can be expected to be acknowledged. */
    public boolean takesEvents() {
        return knowsConfiguration() && acks.expected();
    }

    /** Whether admissions can be decided, on no less than was known anywhere when the gateway started. */
    public boolean decidesAdmissions() {
        return knowsConfiguration() && admissions.areReady();
    }

    private void priceChanged(@Nullable PriceTimeline before, @Nullable PriceTimeline after) {
        if (after != null) {
            PriceItemRules.require(after);
            book.put(after);
        } else if (before != null) {
            book.remove(before.getCompany(), before.getProvider(), before.getModel());
        }
    }

    boolean isHealthy() {
        return takesEvents() && acks.arriving();
    }

    /** Events first: whoever still waits for an ack gets it. */
    @Override
    public void close() {
        watch.close();
        events.close();
        admissions.close();
        writer.close();
        keys.close();
        companies.close();
        prices.close();
        quotas.close();
        users.close();
        alertRules.close();
        webhooks.close();
        admins.close();
        periods.close();
        versions.close();
        jobs.close();
        jobsProgress.close();
        admin.close(Duration.ofSeconds(1));
    }
}
