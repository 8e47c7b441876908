package io.tollgate.sink;

import static io.tollgate.sink.consume.Source.busy;
import static io.tollgate.sink.consume.Source.quiet;
import static io.tollgate.sink.consume.Source.withGaps;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.accepted.AcceptedWriter;
import io.tollgate.sink.alert.AlertMetrics;
import io.tollgate.sink.alert.AlertRules;
import io.tollgate.sink.alert.AlertWriter;
import io.tollgate.sink.audit.AuditEntries;
import io.tollgate.sink.batch.BatchMetrics;
import io.tollgate.sink.batch.BatchWriter;
import io.tollgate.sink.batch.DeadLetters;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.config.Admins;
import io.tollgate.sink.config.BillingPeriods;
import io.tollgate.sink.config.Companies;
import io.tollgate.sink.config.KeyRecords;
import io.tollgate.sink.config.PriceItemWriter;
import io.tollgate.sink.config.Users;
import io.tollgate.sink.consume.Source;
import io.tollgate.sink.consume.TopicConsumer;
import io.tollgate.sink.consume.TopicIdentities;
import io.tollgate.sink.dead.DeadLetterMetrics;
import io.tollgate.sink.dead.DeadLetterWriter;
import io.tollgate.sink.key.AdmissionWriter;
import io.tollgate.sink.ledger.LedgerWriter;
import io.tollgate.sink.outcome.OutcomeWriter;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.progress.ExactlyOnceTransaction;
import io.tollgate.sink.quota.QuotaResets;
import io.tollgate.sink.quota.QuotaStates;
import io.tollgate.sink.quota.Quotas;
import io.tollgate.sink.stats.StatsWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which topic is written by whom, and by how many threads: a writer of its own for each. */
final class Writers {
    private static final Logger log = LoggerFactory.getLogger(Writers.class);

    private static final int MOST_LARGE = 25;

    private final SinkSettings settings;
    private final DataSource database;
    private final TopicIdentities identities;
    private final MeterRegistry meters;
    private final Clock clock;
    private final List<TopicConsumer> consumers = new ArrayList<>();

    private Writers(
            SinkSettings settings, DataSource database, TopicIdentities identities, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.identities = identities;
        this.meters = meters;
        this.clock = clock;
    }

    /** All consumers, not started. */
    static List<TopicConsumer> of(
            SinkSettings settings,
            DataSource database,
            TopicIdentities identities,
            MeterRegistry meters,
            Clock clock,
            Codecs codecs,
            SchemaIds ids,
            DailyPartitions ledger,
            DailyPartitions outcomes,
            DeadLetters dead,
            Runnable alertsWritten) {
        Writers writers = new Writers(settings, database, identities, meters, clock);
        SinkSettings.Consumers threads = settings.consumers();
        DeadLetterMetrics deadLetters = new DeadLetterMetrics(meters);
        AlertMetrics alerts = new AlertMetrics(meters);
        writers.add(threads.rated(), busy(Topics.USAGE_RATED), dead, () -> new LedgerWriter(codecs.rated(), ledger));
        writers.add(
                threads.outcomes(),
                busy(Topics.USAGE_OUTCOMES),
                dead,
                () -> new OutcomeWriter(codecs.outcomes(), outcomes));
        writers.add(threads.stats(), busy(Topics.USAGE_STATS), dead, () -> new StatsWriter(codecs.stats()));
        writers.add(threads.events(), busy(Topics.USAGE_EVENTS), dead, () -> new AcceptedWriter(ids));
        writers.add(
                threads.dead(),
                busy(Topics.USAGE_DEAD),
                Writers::logged,
                () -> new DeadLetterWriter(codecs.dead(), deadLetters));
        writers.add(
                threads.quotaStates(), busy(Topics.QUOTA_STATES), dead, () -> QuotaStates.writer(codecs.quotaStates()));
        writers.add(
                threads.quotaResets(), busy(Topics.QUOTA_RESETS), dead, () -> QuotaResets.writer(codecs.quotaResets()));
        writers.add(
                threads.reservations(),
                withGaps(Topics.QUOTA_RESERVATIONS),
                dead,
                () -> new AdmissionWriter(codecs.reservations()));
        writers.add(
                threads.alerts(),
                busy(Topics.COST_ALERTS),
                dead,
                () -> new AlertWriter(codecs.alerts(), alertsWritten, alerts));
        writers.add(1, quiet(Topics.CONFIG_COMPANIES), dead, () -> Companies.writer(codecs.companies()));
        writers.add(1, quiet(Topics.CONFIG_USERS), dead, () -> Users.writer(codecs.users()));
        writers.add(1, quiet(Topics.CONFIG_KEYS), dead, () -> KeyRecords.writer(codecs.keys()));
        writers.add(1, quiet(Topics.CONFIG_QUOTAS), dead, () -> Quotas.writer(codecs.quotas()));
        writers.add(1, quiet(Topics.CONFIG_PRICES), dead, () -> new PriceItemWriter(codecs.prices()));
        writers.add(1, quiet(Topics.CONFIG_ALERTS), dead, () -> AlertRules.writer(codecs.alertRules()));
        writers.add(1, quiet(Topics.CONFIG_ADMINS), dead, () -> Admins.writer(codecs.admins()));
        writers.add(1, quiet(Topics.CONFIG_PERIODS), dead, () -> BillingPeriods.writer(codecs.periods()));
        writers.add(1, quiet(Topics.AUDIT_LOG), dead, () -> new AuditEntries(codecs.audit()));
        return writers.consumers;
    }

    /** A dead letter that can't be listed must not make another one of itself; it stays in its topic. */
    private static void logged(List<DeadLetters.Letter> letters) {
        letters.forEach(letter -> log.atError()
                .addKeyValue("code", letter.letter().getCode())
                .log(
                        "a dead letter can't be listed: record {} of {}-{}",
                        letter.origin().offset(),
                        letter.origin().topic(),
                        letter.origin().partition()));
    }

    /** A dead letter may hold an original as large as a broker takes: a batch of them must fit into the heap. */
    static int batch(Source source, int usual) {
        boolean areLarge = source.quiet() || source.topic().equals(Topics.USAGE_DEAD.name());
        return areLarge ? Math.min(usual, MOST_LARGE) : usual;
    }

    private void add(int threads, Source source, DeadLetters dead, Supplier<TopicWriter<?>> writer) {
        String topic = source.topic();
        BatchMetrics metrics = new BatchMetrics(meters, clock, topic);
        int batch = batch(source, settings.batch());
        for (int thread = 0; thread < threads; thread++) {
            consumers.add(new TopicConsumer(
                    settings.cluster(),
                    "billing-sink-" + topic + "-" + thread,
                    settings.group() + "." + topic,
                    source,
                    batch,
                    new BatchWriter<>(writer.get(), new ExactlyOnceTransaction(database), dead, metrics),
                    database,
                    identities,
                    metrics));
        }
    }
}
