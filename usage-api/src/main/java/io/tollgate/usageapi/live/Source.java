package io.tollgate.usageapi.live;

import io.tollgate.schemas.topic.Topics;
import java.util.List;

/** The topics that are told of. Their places are a part of every {@link Position}. */
enum Source {
    USAGE(0, Topics.USAGE_RATED.name()),
    QUOTA(1, Topics.QUOTA_STATES.name()),
    ALERT(2, Topics.COST_ALERTS.name());

    static final List<Source> ALL = List.of(values());

    private final int place;
    private final String topic;

    Source(int place, String topic) {
        this.place = place;
        this.topic = topic;
    }

    /** In a position. */
    int place() {
        return place;
    }

    /** Its name in Kafka. */
    String topic() {
        return topic;
    }
}
