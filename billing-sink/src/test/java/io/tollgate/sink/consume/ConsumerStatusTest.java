package io.tollgate.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerRetryAuthSuccessfulEvent;

class ConsumerStatusTest {
    private final ConsumerStatus status = new ConsumerStatus("rated-0");

    @Test
    void aConsumerThatTheBrokersRefuseIsNotReadyUntilTheyTakeIt() {
        assertThat(status.complaint()).isEqualTo("has not joined its group yet");
        status.joined();
        assertThat(status.complaint()).isNull();

        TopicConsumer.heard(
                new ConsumerRetryAuthEvent(this, this, ConsumerRetryAuthEvent.Reason.AUTHENTICATION), status);
        assertThat(status.complaint()).isEqualTo("the brokers refuse it");

        TopicConsumer.heard(new ConsumerRetryAuthSuccessfulEvent(this, this), status);
        assertThat(status.complaint()).isNull();
    }
}
