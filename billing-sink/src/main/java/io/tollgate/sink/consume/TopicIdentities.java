package io.tollgate.sink.consume;

import io.tollgate.sink.progress.TopicIdentity;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Asks the brokers which log a topic's name stands for now. */
public final class TopicIdentities {
    private static final long TIMEOUT_SECONDS = 10;

    private final Admin admin;

    public TopicIdentities(Admin admin) {
        this.admin = admin;
    }

    /** @throws KafkaException if the brokers don't answer or don't know the topic */
    TopicIdentity now(String topic) {
        String cluster = await(admin.describeCluster().clusterId());
        KafkaFuture<TopicDescription> described =
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        if (described == null) {
            throw new IllegalStateException("no answer about the topic asked for: " + topic);
        }
        TopicDescription description = await(described);
        return new TopicIdentity(topic, cluster, description.topicId().toString());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("the brokers could not say which topic this is: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the brokers did not say which topic this is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the brokers", e);
        }
    }
}
