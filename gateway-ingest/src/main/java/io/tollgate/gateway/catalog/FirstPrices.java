package io.tollgate.gateway.catalog;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceAudit;
import io.tollgate.gateway.admin.Secrets;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the shipped book into a system that has no price at all, before the gateway takes its first event. Whether there is
 * none is decided by the fenced writer, and all of it is one transaction: of two gateways that start at once one loads it,
 * and it is there whole or not at all.
 */
public final class FirstPrices implements Consumer<Backbone> {
    private static final Logger LOG = LoggerFactory.getLogger(FirstPrices.class);
    private static final long VERSION = 1;
    private static final String SHIPPED = "shipped";
    private static final Actor ACTOR = new Actor(ActorKind.SYSTEM, "shipped price book", null, null);

    private final Clock clock;

    public FirstPrices(Clock clock) {
        this.clock = clock;
    }

    /**
     * Waits for the book to be read. A gateway that went on without it would take events that have no price, and the first
     * price that is posted would keep the book out for good.
     *
     * @throws KafkaException if Kafka does not let it be read or written
     */
    @Override
    public void accept(Backbone backbone) {
        if (!backbone.awaitPrices()) {
            throw new TimeoutException("the prices can't be read yet");
        }
        if (!backbone.prices().values().isEmpty()) {
            return;
        }
        List<PriceTimeline> book = timelines(ShippedBook.prices(), Times.micros(clock));
        int models = backbone.writer().write(ACTOR, () -> decide(backbone, book));
        if (models > 0) {
            LOG.info("the shipped price book is in force: {} models", models);
        }
    }

    private static Decision<Integer> decide(Backbone backbone, List<PriceTimeline> book) {
        if (!backbone.prices().values().isEmpty()) {
            return Decision.unchanged(0);
        }
        List<ConfigChange> changes =
                book.stream().map(timeline -> PriceAudit.change(null, timeline)).toList();
        return new Decision<>(changes, changes.size());
    }

    /** One timeline for each model. */
    static List<PriceTimeline> timelines(List<BookFile.Price> prices, long now) {
        Map<List<String>, List<PriceItem>> models = new LinkedHashMap<>();
        for (BookFile.Price price : prices) {
            PriceItem item = price.item();
            item.setId(Secrets.newId(SHIPPED));
            item.setRecordedAt(now);
            models.computeIfAbsent(List.of(price.provider(), price.model()), name -> new ArrayList<>())
                    .add(item);
        }
        List<PriceTimeline> timelines = new ArrayList<>();
        models.forEach((name, items) -> timelines.add(
                withoutWhatIsOver(new PriceTimeline(null, name.get(0), name.get(1), VERSION, now, items), now)));
        return timelines;
    }

    /**
     * What is in force for the oldest event that is still accepted begins early, and what was before it is left out: nobody
     * is charged it any more, and its date would only stand in the way of a price that an operator dates before it.
     */
    private static PriceTimeline withoutWhatIsOver(PriceTimeline timeline, long now) {
        long oldest = now - SubmissionLimits.MAX_AGE.toMillis() * 1_000;
        List<PriceItem> kept = new ArrayList<>();
        for (PriceItem item : PriceTimelines.inForce(timeline, oldest)) {
            kept.add(PriceItem.newBuilder(item)
                    .setEffectiveFrom(BookFile.EARLIEST)
                    .build());
        }
        timeline.getItems().stream()
                .filter(item -> item.getEffectiveFrom() > oldest)
                .forEach(kept::add);
        timeline.setItems(kept);
        return timeline;
    }
}
