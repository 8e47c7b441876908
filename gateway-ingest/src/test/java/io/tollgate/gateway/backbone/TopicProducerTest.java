package io.tollgate.gateway.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicProducerTest {
    static Stream<Exception> overcome() {
        return Stream.of(
                new TimeoutException("8000 ms has passed since batch creation"),
                new NotEnoughReplicasException("one of two"),
                new OutOfOrderSequenceException("the client begins anew"),
                new UnknownProducerIdException("the client begins anew"),
                new InvalidProducerEpochException("the client begins anew"),
                new UnknownServerException("about one batch"),
                new RecordTooLargeException("about one record"),
                new TopicAuthorizationException("until it is granted"),
                new SerializationException("about one record"),
                new InterruptException("about one thread"));
    }

    @ParameterizedTest
    @MethodSource
    void overcome(Exception failure) {
        assertThat(TopicProducer.isTheEnd(failure)).isFalse();
    }

    static Stream<Exception> theEnd() {
        return Stream.of(
                new KafkaException(
                        "Cannot execute transactional method because we are in an error state",
                        new ClusterAuthorizationException("refused")),
                new KafkaException("Unexpected error in InitProducerIdResponse; unknown"),
                new ProducerFencedException("another has its id"),
                new IllegalStateException("Cannot perform operation after producer has been closed"));
    }

    @ParameterizedTest
    @MethodSource
    void theEnd(Exception failure) {
        assertThat(TopicProducer.isTheEnd(failure)).isTrue();
    }

    /** An interrupt exception marks the thread that makes it. */
    @AfterEach
    void clearInterrupt() {
        boolean ignored = Thread.interrupted();
    }
}
