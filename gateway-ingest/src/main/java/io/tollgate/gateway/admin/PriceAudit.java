package io.tollgate.gateway.admin;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.backbone.Audited;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.http.Json;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change of prices as it is written and audited: the whole timeline, and the items that are new in it. */
public final class PriceAudit {
    private static final String KIND = "price";

    private PriceAudit() {}

    /**
     * The change from one timeline to the next.
     *
     * @param prior null: the model had no prices
     */
    public static ConfigChange change(@Nullable PriceTimeline prior, PriceTimeline after) {
        return change(prior, after, null);
    }

    /**
     * The same under a name of its own.
     *
     * @param action what the audit calls it; null: created or added
     */
    public static ConfigChange change(@Nullable PriceTimeline prior, PriceTimeline after, @Nullable String action) {
        List<PriceItemJson.View> added = added(prior, after).stream()
                .map(item -> PriceItemJson.of(after, item).view())
                .toList();
        Audited audited = new Audited(
                KIND,
                name(after),
                after.getCompany(),
                action != null ? action : prior == null ? "created" : "added",
                null,
                Json.MAPPER.writeValueAsString(added));
        return new ConfigChange(Topics.CONFIG_PRICES, PriceKey.of(after), after, audited);
    }

    /** What the audit calls a model's prices. */
    public static String name(PriceTimeline timeline) {
        String model = timeline.getProvider() + "/" + timeline.getModel();
        return timeline.getCompany() == null ? model : timeline.getCompany() + ":" + model;
    }

    /**
     * What a timeline has that the one before it had not.
     *
     * @param prior null: the model had no prices
     */
    public static List<PriceItem> added(@Nullable PriceTimeline prior, PriceTimeline after) {
        Set<String> known = prior == null
                ? Set.of()
                : prior.getItems().stream().map(PriceItem::getId).collect(Collectors.toSet());
        return after.getItems().stream()
                .filter(item -> !known.contains(item.getId()))
                .toList();
    }
}
