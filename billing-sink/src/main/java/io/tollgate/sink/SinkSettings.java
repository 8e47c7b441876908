package io.tollgate.sink;

import io.tollgate.schemas.database.DatabaseUrl;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.upkeep.Kept;
import io.tollgate.sink.webhook.WebhookSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The sink's settings, under {@code tollgate}.
 *
 * @param kafka bootstrap servers
 * @param kafkaSecurity under {@code tollgate.kafka.security}: how Kafka's clients are let in
 * @param postgres {@code jdbc:postgresql://host/db}, or {@code postgresql://user:password@host/db}
 * @param postgresUser wins over the URL's
 * @param postgresPassword wins over the URL's
 * @param registry base of a schema registry's Confluent API
 * @param schema where the tables are
 * @param migrate whether the sink brings the schema up to date at its start; else it refuses one that is older than itself
 * @param partitions of the topics that are spread by event, where they don't exist yet
 * @param replication copies of every topic's partitions
 * @param group prefix of the consumer groups: sinks that write the same tables share it, others must not
 * @param batch most records in one transaction; more is faster and takes back more when it fails
 * @param consumers threads by topic
 * @param adminToken who has it may ask for a delivery again; none: nobody may
 * @param webhooks how alerts are sent
 * @param poolSize most database connections: one for each consumer of a busy topic, and some for the quiet ones
 * @param maxLifetime after which a connection is replaced
 * @param connectionTimeout how long a batch waits for a connection before it is tried again
 * @param ledgerKept how long a booking day stays in the ledger
 * @param outcomesKept how long a booking day's outcomes and counts of accepted submissions stay. The usage API's setting
 *     of that name must be the same: it balances no day that is older, and a day whose rows are gone would look like loss.
 * @param deadLettersKept how long dead letters stay: by default as long as the ledger, since a row of it that is reduced
 *     has the rest there; never shorter than the outcomes, since some of them are counted in the balance
 * @param quotaResetsKept how long after its window's end a reset stays
 * @param alertsKept how long an alert stays, and with it what became of its deliveries
 * @param intradayKept how long totals by quarter hour stay; those by UTC day stay for ever. The usage API's setting of that
 *     name must be the same: older hours and days of other time zones can't be summed.
 */
@ConfigurationProperties("tollgate")
record SinkSettings(
        String kafka,
        @Name("kafka.security") @DefaultValue Map<String, String> kafkaSecurity,
        String postgres,
        @Nullable String postgresUser,
        @Nullable String postgresPassword,
        String registry,
        @DefaultValue("tollgate") String schema,
        @DefaultValue("true") boolean migrate,
        @DefaultValue("4") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("billing-sink") String group,
        @DefaultValue("5000") int batch,
        @DefaultValue Consumers consumers,
        @Nullable String adminToken,
        @DefaultValue WebhookSettings webhooks,
        @DefaultValue("14") int poolSize,
        @DefaultValue("30m") Duration maxLifetime,
        @DefaultValue("3s") Duration connectionTimeout,
        @DefaultValue("400d") Duration ledgerKept,
        @DefaultValue("75d") Duration outcomesKept,
        @DefaultValue("400d") Duration deadLettersKept,
        @DefaultValue("400d") Duration intradayKept,
        @DefaultValue("400d") Duration quotaResetsKept,
        @DefaultValue("400d") Duration alertsKept) {

    /** HikariCP takes no shorter ones. */
    private static final int SHORTEST_LIFETIME_SECONDS = 30;

    private static final int SHORTEST_TIMEOUT_MS = 250;

    /** Consumer threads of each busy topic, more than it has partitions are idle; the quiet ones have one each. */
    record Consumers(
            @DefaultValue("2") int rated,
            @DefaultValue("1") int outcomes,
            @DefaultValue("1") int stats,
            @DefaultValue("1") int events,
            @DefaultValue("1") int dead,
            @DefaultValue("1") int quotaStates,
            @DefaultValue("1") int quotaResets,
            @DefaultValue("1") int reservations,
            @DefaultValue("1") int alerts) {
        Consumers {
            check(
                    IntStream.of(rated, outcomes, stats, events, dead, quotaStates, quotaResets, reservations, alerts)
                            .allMatch(threads -> threads > 0),
                    "consumers",
                    "at least 1 each");
        }
    }

    SinkSettings {
        // Refuses what can't be set.
        new KafkaCluster(kafka, kafkaSecurity);
        DatabaseUrl.parse(postgres);
        check(schema.matches("[a-z_][a-z0-9_]{0,62}"), "schema", "a lower-case name");
        check(partitions > 0, "partitions", "at least 1");
        check(replication > 0, "replication", "at least 1");
        check(batch > 0, "batch", "at least 1");
        check(poolSize > 0, "pool-size", "at least 1");
        check(maxLifetime.toSeconds() >= SHORTEST_LIFETIME_SECONDS, "max-lifetime", "30s or longer");
        check(connectionTimeout.toMillis() >= SHORTEST_TIMEOUT_MS, "connection-timeout", "250ms or longer");
        var unused = new Kept(ledgerKept, outcomesKept, deadLettersKept, intradayKept, quotaResetsKept, alertsKept);
    }

    private static void check(boolean fits, String setting, String expected) {
        if (!fits) {
            throw new IllegalArgumentException("tollgate." + setting + " must be " + expected);
        }
    }

    Kept kept() {
        return new Kept(ledgerKept, outcomesKept, deadLettersKept, intradayKept, quotaResetsKept, alertsKept);
    }

    KafkaCluster cluster() {
        return new KafkaCluster(kafka, kafkaSecurity);
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                postgres,
                postgresUser,
                postgresPassword,
                schema,
                Database.sinkOf(schema),
                poolSize,
                maxLifetime,
                connectionTimeout);
    }
}
