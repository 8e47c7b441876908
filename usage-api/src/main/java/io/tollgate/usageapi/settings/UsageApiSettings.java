package io.tollgate.usageapi.settings;

import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.RegistryAddress;
import io.tollgate.schemas.topic.Groups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What can be set.
 *
 * @param kafka bootstrap servers: keys and companies are read from there, and how far the topology is
 * @param kafkaSecurity under {@code tollgate.kafka.security}: how Kafka's clients are let in
 * @param registry base of the schema registry's Confluent API
 * @param registryUser wins over the URL's
 * @param registryPassword wins over the URL's
 * @param registryCa PEM certificates of who has signed the registry's, where Java does not know them
 * @param postgres {@code jdbc:postgresql://…}, or the {@code postgres://user:password@host/db} of a DATABASE_URL
 * @param postgresUser who to connect as, wins over the URL's; a role that may only select is enough
 * @param postgresPassword its password, wins over the URL's
 * @param replica where all reads go as long as it answers, in the same forms as {@code postgres}, which is asked where it
 *     does not; user and password as there, where the URL names none; blank or null: no replica
 * @param schema where the tables are
 * @param adminToken sees every company; null: nobody does
 * @param poolSize connections, and so queries at a time: enough for reports beside each other, few enough that a
 *     dashboard left open can't starve the sink
 * @param maxLifetime after which a connection is replaced
 * @param connectionTimeout how long a query waits for a connection before it is given up with 503
 * @param queryTimeout how long a query may take before it is given up with 503
 * @param kafkaTimeout how long a balance waits for Kafka before it answers without the records on their way
 * @param maxRows rows of a stats answer; more is an error that asks for less, since half an answer looks like a whole
 * @param streamsGroup consumer group of the topology
 * @param outcomesKept must equal the sink's setting of that name: a balance of days whose outcomes, or whose counts of
 *     accepted submissions, the sink has deleted would cry wolf
 * @param intradayKept must equal the sink's setting of that name: hours, and days of other time zones, whose quarter
 *     hours the sink has deleted would look like no usage
 * @param ledgerKept must equal the sink's setting of that name: unpriced usage of days that the sink has deleted would look
 *     like none
 * @param unpricedRefresh how often the gauge of unpriced events is counted anew
 * @param exports of billing exports
 * @param live the stream of what happens
 */
@ConfigurationProperties("tollgate")
public record UsageApiSettings(
        String kafka,
        @Name("kafka.security") @DefaultValue Map<String, String> kafkaSecurity,
        String registry,
        @Nullable String registryUser,
        @Nullable String registryPassword,
        @Nullable Path registryCa,
        String postgres,
        @Nullable String postgresUser,
        @Nullable String postgresPassword,
        @Nullable String replica,
        @DefaultValue("tollgate") String schema,
        @Nullable String adminToken,
        @DefaultValue("8") int poolSize,
        @DefaultValue("30m") Duration maxLifetime,
        @DefaultValue("3s") Duration connectionTimeout,
        @DefaultValue("20s") Duration queryTimeout,
        @DefaultValue("5s") Duration kafkaTimeout,
        @DefaultValue("100000") int maxRows,
        @DefaultValue(Groups.METERING) String streamsGroup,
        @DefaultValue("75d") Duration outcomesKept,
        @DefaultValue("400d") Duration intradayKept,
        @DefaultValue("400d") Duration ledgerKept,
        @DefaultValue("30s") Duration unpricedRefresh,
        @DefaultValue ExportSettings exports,
        @DefaultValue Live live) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public UsageApiSettings {
        // Refuses what can't be set.
        new KafkaCluster(kafka, kafkaSecurity);
        RegistryAddress.of(registry, registryUser, registryPassword, registryCa);
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "tollgate.schema is " + schema + "; it needs lower case letters, digits and _ only");
        }
        require(poolSize > 0, "tollgate.pool-size must be at least 1");
        require(maxLifetime.toSeconds() >= 30, "tollgate.max-lifetime must be at least 30 s");
        require(connectionTimeout.toMillis() >= 250, "tollgate.connection-timeout must be at least 250 ms");
        require(maxRows > 0, "tollgate.max-rows must be at least 1");
        require(queryTimeout.toMillis() > 0, "tollgate.query-timeout must be at least 1 ms");
        require(outcomesKept.toDays() > 0, "tollgate.outcomes-kept must be at least a day");
        require(intradayKept.toDays() > 0, "tollgate.intraday-kept must be at least a day");
        require(ledgerKept.toDays() > 0, "tollgate.ledger-kept must be at least a day");
        require(unpricedRefresh.toMillis() >= 100, "tollgate.unpriced-refresh must be at least 100 ms");
        require(kafkaTimeout.toMillis() > 0, "tollgate.kafka-timeout must be at least 1 ms");
    }

    /**
     * Of {@code GET /v1/live}.
     *
     * @param subscribers streams at a time; more are refused with 503. One company's keys may have a quarter of them
     * @param kept how long somebody may be away and go on where they were. It is also read again at each start, for those
     *     who were told by another instance or before the restart
     * @param memory what the kept may take, roughly; beyond it they are kept for less long
     * @param patience how long a reader may take nothing before its stream is cut
     */
    public record Live(
            @DefaultValue("2000") int subscribers,
            @DefaultValue("3m") Duration kept,
            @DefaultValue("64MB") DataSize memory,
            @DefaultValue("20s") Duration patience) {
        public Live {
            require(subscribers > 0, "tollgate.live.subscribers must be at least 1");
            require(kept.toSeconds() >= 1, "tollgate.live.kept must be at least a second");
            require(memory.toMegabytes() >= 1, "tollgate.live.memory must be at least 1MB");
            require(patience.toMillis() >= 100, "tollgate.live.patience must be at least 100 ms");
        }
    }

    /** Kafka, for whoever makes a client of it. */
    public KafkaCluster cluster() {
        return new KafkaCluster(kafka, kafkaSecurity);
    }

    /** The registry, for whoever asks it. */
    public RegistryAddress registryAddress() {
        return RegistryAddress.of(registry, registryUser, registryPassword, registryCa);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "UsageApiSettings[kafka=" + cluster() + ", registry=" + registryAddress() + ", schema=" + schema + "]";
    }
}
