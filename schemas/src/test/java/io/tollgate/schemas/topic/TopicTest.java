package io.tollgate.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TopicTest {
    static final List<Topic> ALL = Topics.ALL;

    @Test
    void noTopicIsLeftOutOfAll() {
        assertThat(Stream.of(Topics.class.getFields()).filter(field -> field.getType() == Topic.class))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(ALL).contains((Topic) field.get(null)));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void noTopicTrustsAClientsClock(Topic topic) {
        assertThat(topic.settings((short) 1)).containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void threeCopiesAskForTwoInSyncBeforeAnAck(Topic topic) {
        assertThat(topic.settings((short) 3)).containsEntry("min.insync.replicas", "2");
        assertThat(topic.settings((short) 1)).containsEntry("min.insync.replicas", "1");
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aTopicIsCompactedOrDeletesWhatIsPastItsTime(Topic topic) {
        assertThat(topic.settings((short) 1))
                .containsEntry("cleanup.policy", topic.retention() == null ? "compact" : "delete");
    }

    @Test
    void pricesLieBesideTheEventsThatTheyPrice() {
        assertThat(Topics.CONFIG_PRICES.partitions(48)).isEqualTo(Topics.USAGE_EVENTS.partitions(48));
        assertThat(Topics.CONFIG_KEYS.partitions(48)).isEqualTo(1);
    }
}
