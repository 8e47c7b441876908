package io.tollgate.standalone.doctor;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.doctor.Finding.Level;
import io.tollgate.standalone.doctor.KafkaFacts.TopicFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** Judges what the brokers said. Pure. */
final class KafkaChecks {
    /** Records behind which a reader is not merely busy. */
    static final long MUCH = 100_000;
    /** Clocks of one installation differ by less. */
    static final Duration SKEW = Duration.ofSeconds(5);

    private static final int SAFE_REPLICATION = 3;
    private static final int SHOWN = 3;

    private KafkaChecks() {}

    static Finding unreachable(String kafka, String why) {
        return Finding.broken(
                "broker",
                "nobody answers at " + kafka + ": " + why,
                "start ./tollgate up; or name your brokers with --kafka HOST:PORT, and how they let clients in with"
                        + " --kafka-config FILE");
    }

    static Finding broker(KafkaFacts facts) {
        String detail = facts.brokers() + (facts.brokers() == 1 ? " broker" : " brokers") + " of cluster "
                + facts.clusterId() + ", metadata version " + facts.metadataVersion();
        int replication = facts.topics().values().stream()
                .mapToInt(TopicFacts::replication)
                .max()
                .orElse(0);
        return facts.brokers() > 1 && replication > 0 && replication < SAFE_REPLICATION
                ? Finding.warn(
                        "broker",
                        detail + "; topics have " + replication + " copies",
                        "with several brokers set tollgate.replication=3 before the first start: one broker lost is then"
                                + " no event lost")
                : Finding.ok("broker", detail);
    }

    static Finding topics(KafkaFacts facts) {
        List<String> missing = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> thin = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        TopicFacts events = facts.topics().get(Topics.USAGE_EVENTS.name());
        for (Topic topic : Topics.ALL) {
            TopicFacts found = facts.topics().get(topic.name());
            if (found == null) {
                missing.add(topic.name());
                continue;
            }
            int partitions = topic.partitions(events == null ? found.partitions() : events.partitions());
            if (found.partitions() != partitions) {
                wrong.add(topic.name() + " has " + found.partitions() + " partitions in place of " + partitions);
            }
            differences(topic, found).forEach(difference -> wrong.add(topic.name() + " " + difference));
            if (found.thin() > 0) {
                thin.add(topic.name());
            } else if (found.behind() > 0) {
                behind.add(topic.name());
            }
        }
        return topics(missing, wrong, thin, behind, events == null ? 0 : events.partitions());
    }

    private static Finding topics(
            List<String> missing, List<String> wrong, List<String> thin, List<String> behind, int partitions) {
        if (!missing.isEmpty()) {
            return Finding.broken(
                    "topics",
                    missing.size() + " of " + Topics.ALL.size() + " are not there: " + head(missing),
                    "any service makes them when it starts; start one that may create topics");
        }
        if (!thin.isEmpty()) {
            return Finding.broken(
                    "topics",
                    "too few copies are in sync for an ack: " + head(thin),
                    "bring the brokers back that are away: until then the gateway answers 503 and loses nothing");
        }
        if (!wrong.isEmpty()) {
            return Finding.broken(
                    "topics",
                    head(wrong),
                    "restart a service: it mends settings at its start; a partition count has to be mended by making the"
                            + " topic anew");
        }
        if (!behind.isEmpty()) {
            return Finding.warn(
                    "topics", "copies are behind: " + head(behind), "look at the brokers: one is away or slow");
        }
        return Finding.ok(
                "topics", "all " + Topics.ALL.size() + " are there as they should be, " + partitions + " partitions");
    }

    /** The settings as TopicSetup makes them; more copies in sync than it asks for are no mistake. */
    private static List<String> differences(Topic topic, TopicFacts found) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(topic.settings((short) found.replication())).forEach((name, wanted) -> {
            String is = found.settings().get(name);
            boolean isAtLeast = name.equals(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                    && is != null
                    && Integer.parseInt(is) >= Integer.parseInt(wanted);
            if (is != null && !isAtLeast && !is.equals(wanted)) {
                differences.add(name + "=" + is + " in place of " + wanted);
            }
        });
        return differences;
    }

    static Finding metering(KafkaFacts facts) {
        if (facts.meteringMembers() == 0) {
            return Finding.broken(
                    "metering-streams lag",
                    "nobody rates: the group has no member",
                    "start metering-streams; events wait in Kafka meanwhile, 14 days at most");
        }
        Map<TopicPartition, Long> lags = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        facts.metering().forEach((partition, offset) -> {
            Long end = facts.ends().get(partition);
            if (end != null) {
                lags.put(partition, Math.max(0, end - offset));
            }
        });
        return lag("metering-streams lag", lags, "more instances or threads of metering-streams; see its metrics");
    }

    /** @param progress next offset of each partition that the sink has written */
    static Finding sink(KafkaFacts facts, Map<TopicPartition, Long> progress) {
        Map<TopicPartition, Long> lags = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        progress.forEach((partition, offset) -> {
            Long end = facts.ends().get(partition);
            if (end != null) {
                lags.put(partition, Math.max(0, end - offset));
            }
        });
        return lag("billing-sink lag", lags, "look at billing-sink's log and at PostgreSQL; nothing is lost meanwhile");
    }

    private static Finding lag(String check, Map<TopicPartition, Long> lags, String advice) {
        long sum = lags.values().stream().mapToLong(Long::longValue).sum();
        String worst = lags.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> ", most in " + entry.getKey() + ": " + entry.getValue())
                .orElse("");
        String detail = sum + " records behind" + worst;
        return sum > MUCH ? Finding.warn(check, detail, advice) : Finding.ok(check, detail);
    }

    /** A record can't be newer than now: one clock of the two is wrong. */
    static Finding clock(KafkaFacts facts, Instant now) {
        Instant newest = facts.newest();
        if (newest == null) {
            return Finding.ok("broker's clock", "there is no record to tell it by");
        }
        Duration ahead = Duration.between(now, newest);
        return ahead.compareTo(SKEW) > 0
                ? new Finding(
                        "broker's clock",
                        Level.WARN,
                        "the newest record is " + ahead.toSeconds() + " s in the future",
                        "synchronise the clocks (NTP): what is kept and what is too late goes by the broker's")
                : Finding.ok("broker's clock", "the newest record is of " + newest);
    }

    private static String head(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
