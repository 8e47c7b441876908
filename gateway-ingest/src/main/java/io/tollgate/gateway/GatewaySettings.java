package io.tollgate.gateway;

import io.tollgate.gateway.mapping.Mapping;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.RegistryAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What can be set. Guarantees (acks, idempotence, isolation) are code and not here.
 *
 * @param kafka bootstrap servers, {@code host:port,host:port}
 * @param kafkaSecurity under {@code tollgate.kafka.security}: how Kafka's clients are let in
 * @param registry base of the schema registry's Confluent API
 * @param registryUser wins over the URL's
 * @param registryPassword wins over the URL's
 * @param registryCa PEM certificates of who has signed the registry's, where Java does not know them
 * @param adminToken who has it may do everything under {@code /admin/v1}; none: the admin API refuses every call
 * @param partitions of the topics that are spread by event: chosen once for the life of a cluster, what usage.events has
 *     wins; 4 for one machine, 48 in production
 * @param replication copies of every partition; 3 in production, which also asks for two in sync before an ack
 * @param priceBook what an empty system begins with: {@code shipped}, the price book that comes with Tollgate, or
 *     {@code none}; a system that has any price keeps what it has
 * @param periods when a month is closed
 * @param floodGuard how many requests a key may send; what a company may use is a matter of its quotas
 * @param mappings events of other meters that are taken, and where they have what a usage needs; the shipped ones are
 *     OpenMeter's examples, and a list of one's own takes their place as a whole
 */
@ConfigurationProperties("tollgate")
public record GatewaySettings(
        @DefaultValue("127.0.0.1:9092") String kafka,
        @Name("kafka.security") @DefaultValue Map<String, String> kafkaSecurity,
        @DefaultValue("http://127.0.0.1:8086/apis/ccompat/v7") String registry,
        @Nullable String registryUser,
        @Nullable String registryPassword,
        @Nullable Path registryCa,
        @Nullable String adminToken,
        @DefaultValue("4") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("shipped") String priceBook,
        @DefaultValue Limits limits,
        @DefaultValue Delivery delivery,
        @DefaultValue Reratings reratings,
        @DefaultValue Admissions admissions,
        @DefaultValue Periods periods,
        @DefaultValue FloodGuard floodGuard,
        @DefaultValue List<Mapping> mappings) {

    private static final String SHIPPED = "shipped";
    private static final Set<String> PRICE_BOOKS = Set.of(SHIPPED, "none");

    public GatewaySettings {
        // Refuses what can't be set.
        new KafkaCluster(kafka, kafkaSecurity);
        RegistryAddress.of(registry, registryUser, registryPassword, registryCa);
        require(partitions >= 1, "tollgate.partitions must be 1 or more");
        require(replication >= 1, "tollgate.replication must be 1 or more");
        require(PRICE_BOOKS.contains(priceBook), "tollgate.price-book is '" + priceBook + "'; it is shipped or none");
        mappings = List.copyOf(mappings);
    }

    KafkaCluster cluster() {
        return new KafkaCluster(kafka, kafkaSecurity);
    }

    RegistryAddress registryAddress() {
        return RegistryAddress.of(registry, registryUser, registryPassword, registryCa);
    }

    /** Whether an empty system gets the price book that comes with Tollgate. */
    public boolean shipsPrices() {
        return priceBook.equals(SHIPPED);
    }

    /**
     * What one request may be.
     *
     * @param body size of a body, as it comes and unpacked: 1,000 events with room
     * @param events in one batch: what is worth one round trip, and not more than one client should hold up others for
     * @param depth of nested JSON: an event needs four levels, a vendor's body some more
     */
    public record Limits(
            @DefaultValue("4MB") DataSize body, @DefaultValue("1000") int events, @DefaultValue("64") int depth) {
        public Limits {
            require(
                    body.toBytes() >= 1024 && body.toBytes() <= 64L << 20,
                    "tollgate.limits.body must be from 1KB to 64MB");
            require(events >= 1, "tollgate.limits.events must be 1 or more");
            require(depth >= 8 && depth <= 1000, "tollgate.limits.depth must be from 8 to 1000");
        }
    }

    /**
     * How events go to the brokers.
     *
     * @param linger how long an event waits for others to share a request with; 0 still batches under load, since events
     *     gather while a request is under way
     * @param inFlight bytes of bodies that are not answered yet, over all requests; beyond it 503 at once, so that slow
     *     brokers can't fill the memory
     * @param drain how long a gateway that is told to end still takes requests, each as the last of its connection, and is
     *     not ready: time for clients and load balancers to go elsewhere
     */
    public record Delivery(
            @DefaultValue("1ms") Duration linger,
            @DefaultValue("64MB") DataSize inFlight,
            @DefaultValue("1s") Duration drain) {
        public Delivery {
            require(!drain.isNegative() && drain.toSeconds() <= 10, "tollgate.delivery.drain is from 0 to 10s");
            require(!linger.isNegative() && linger.toMillis() <= 1000, "tollgate.delivery.linger is from 0 to 1s");
            require(inFlight.toBytes() >= 1 << 20, "tollgate.delivery.in-flight must be 1MB or more");
        }
    }

    /**
     * How past events are rated again.
     *
     * @param inFlight events that may wait before the topology because of a job: what a live event waits behind, at most.
     *     Ten thousand are half a second of the topology's work.
     */
    public record Reratings(@DefaultValue("10000") int inFlight) {
        public Reratings {
            require(inFlight >= 1, "tollgate.reratings.in-flight must be 1 or more");
        }
    }

    /**
     * What admissions are given.
     *
     * @param unpriced whether a model without a price may be called where a hard quota counts cost: {@code deny}, or
     *     {@code admit}, as if it cost nothing
     */
    public record Admissions(@DefaultValue(DENY) String unpriced) {
        private static final String DENY = "deny";
        private static final Set<String> WORDS = Set.of(DENY, "admit");

        public Admissions {
            require(
                    WORDS.contains(unpriced),
                    "tollgate.admissions.unpriced is '" + unpriced + "'; it is deny or admit");
        }

        /** Whether what has no price is let through. */
        public boolean admitsUnpriced() {
            return !unpriced.equals(DENY);
        }
    }

    /**
     * When months are closed, for good.
     *
     * @param grace after a month's end, 5d say: what comes later is billed in the month after as an adjustment, so as long
     *     as clients may take to send what was used; none: nobody closes a month but an administrator
     */
    public record Periods(@Nullable Duration grace) {
        /** Longer would be forgotten. */
        private static final Duration LONGEST_GRACE = Duration.ofDays(366);

        public Periods {
            require(
                    grace == null || (!grace.isNegative() && grace.compareTo(LONGEST_GRACE) <= 0),
                    "tollgate.periods.grace is from 0 to " + LONGEST_GRACE.toDays() + "d");
        }
    }

    /**
     * A guard of this process, not of anybody's money.
     *
     * @param requestsPerSecond of one key, events and admissions together; 0: no guard
     */
    public record FloodGuard(@DefaultValue("0") int requestsPerSecond) {
        public FloodGuard {
            require(
                    requestsPerSecond >= 0 && requestsPerSecond <= 1_000_000,
                    "tollgate.flood-guard.requests-per-second is from 0 to 1000000");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "GatewaySettings[kafka=" + cluster() + ", registry=" + registryAddress() + "]";
    }
}
