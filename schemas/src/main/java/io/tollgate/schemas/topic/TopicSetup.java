package io.tollgate.schemas.topic;

import io.tollgate.schemas.kafka.FailureText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing and brings the settings of the others up to date. Safe to run again, and by several
 * services at once. It never changes a partition count: that would move ids between the stores that remember them, so
 * a count that differs from the other topics' stops the start.
 */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;
    private final int eventPartitions;
    private final short replication;
    private boolean saidWhatIsIgnored;

    /**
     * @param eventPartitions partitions of the topics that are spread by event, chosen once for the life of a cluster
     * @param replication copies of every partition; 3 and more also ask for two in-sync copies before an ack
     */
    public TopicSetup(Admin admin, int eventPartitions, short replication) {
        this.admin = admin;
        this.eventPartitions = eventPartitions;
        this.replication = replication;
    }

    /**
     * Makes and mends every topic of {@link Topics#ALL}.
     *
     * @throws IllegalStateException if a topic exists with a partition count that does not fit the others
     */
    public void run() {
        Map<String, TopicDescription> existing = existing();
        int partitions = partitionsInForce(existing);
        List<Topic> missing = Topics.ALL.stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .toList();
        create(missing, partitions);
        Map<String, TopicDescription> all = awaitVisible();
        all.values().forEach(description -> checkPartitions(description, partitions));
        mendSettings(Topics.ALL.stream()
                .filter(topic -> existing.containsKey(topic.name()))
                .toList());
    }

    /** What usage.events has, once it exists, wins over the setting: the count is chosen once. */
    private int partitionsInForce(Map<String, TopicDescription> existing) {
        TopicDescription events = existing.get(Topics.USAGE_EVENTS.name());
        if (events == null) {
            return eventPartitions;
        }
        int found = events.partitions().size();
        if (found != eventPartitions && !saidWhatIsIgnored) {
            LOG.warn(
                    "{} has {} partitions; the setting {} is ignored: it is chosen once",
                    events.name(),
                    found,
                    eventPartitions);
            saidWhatIsIgnored = true;
        }
        return found;
    }

    private Map<String, TopicDescription> existing() {
        Map<String, TopicDescription> found = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(names()).topicNameValues();
        answers.forEach((name, answer) -> {
            try {
                found.put(name, answer.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("describe topic " + name, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return found;
    }

    private void create(Collection<Topic> topics, int partitions) {
        List<NewTopic> requests = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(partitions), replication)
                        .configs(topic.settings(replication)))
                .toList();
        admin.createTopics(requests).values().forEach((name, answer) -> {
            try {
                answer.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("create topic " + name, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
    }

    /** A broker answers a creation before its own metadata show the topic, and Streams gives up on a topic it can't see. */
    private Map<String, TopicDescription> awaitVisible() {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            Map<String, TopicDescription> visible = existing();
            if (visible.size() == Topics.ALL.size()) {
                return visible;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("the brokers made the topics but do not show them after " + VISIBLE_WITHIN);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static void checkPartitions(TopicDescription description, int partitions) {
        Topic topic = Topics.ALL.stream()
                .filter(candidate -> candidate.name().equals(description.name()))
                .findFirst()
                .orElseThrow();
        int expected = topic.partitions(partitions);
        int found = description.partitions().size();
        if (found != expected) {
            throw new IllegalStateException("topic " + topic.name() + " has " + found + " partitions and needs "
                    + expected + ", as many as usage.events: recreate it, the count can't be changed in place");
        }
    }

    private void mendSettings(Collection<Topic> topics) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic topic : topics) {
            List<AlterConfigOp> settings = new ArrayList<>();
            topic.settings(replication)
                    .forEach((key, value) -> settings.add(new AlterConfigOp(new ConfigEntry(key, value), OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), settings);
        }
        try {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            throw failed("set the topics' settings", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static List<String> names() {
        return Topics.ALL.stream().map(Topic::name).toList();
    }

    private static KafkaException failed(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new KafkaException("could not " + what + ": " + FailureText.of(cause), cause);
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while setting up topics", e);
    }
}
