package io.tollgate.gateway.period;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ClosedPeriod;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.backbone.Audited;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.backbone.Offsets;
import io.tollgate.gateway.http.Json;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Closes a month, for good: its record names the end of {@code usage.events} in each partition, and what comes behind it is
 * another month's. Decided by the one writer of configuration, so that of two who close it at once both get the record of
 * one, and the cut of a later month never lies before an earlier one's.
 */
final class PeriodClosing {
    private static final String KIND = "period";
    /** The only one: a record never changes. */
    private static final long VERSION = 1;

    private PeriodClosing() {}

    /** What closing comes to. */
    sealed interface Result {}

    /**
     * It is closed.
     *
     * @param period its own or, where a later month was closed first, that one's
     * @param isNew whether by this call
     */
    record Closed(ClosedPeriod period, boolean isNew) implements Result {}

    /** It goes on. */
    record NotEnded() implements Result {}

    /**
     * Closes it unless it is. Blocks.
     *
     * @throws KafkaException if it could not be done; a time-out leaves open whether it was
     */
    static Result close(Actor actor, Backbone backbone, YearMonth month, Clock clock) {
        return backbone.writer().write(actor, () -> {
            ClosedPeriod standing = Months.closing(month, backbone.periods().values());
            if (standing != null) {
                return Decision.unchanged(new Closed(standing, false));
            }
            if (!Months.hasEnded(month, clock.instant())) {
                return Decision.unchanged(new NotEnded());
            }
            ClosedPeriod period = cut(month, new Offsets(backbone.admin()), Times.micros(clock));
            return Decision.change(change(period), new Closed(period, true));
        });
    }

    private static ClosedPeriod cut(YearMonth month, Offsets offsets, long now) {
        List<Long> ends = offsets.ends(Topics.USAGE_EVENTS).entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<TopicPartition, Long> end) -> end.getKey().partition()))
                .map(Map.Entry::getValue)
                .toList();
        return new ClosedPeriod(month.toString(), ends, offsets.id(Topics.USAGE_EVENTS), now, VERSION);
    }

    private static ConfigChange change(ClosedPeriod period) {
        String month = period.getMonth();
        String after = Json.MAPPER.writeValueAsString(PeriodView.of(period));
        return new ConfigChange(
                Topics.CONFIG_PERIODS,
                ConfigKeys.of(period),
                period,
                new Audited(KIND, month, null, "closed", null, after));
    }
}
