package io.tollgate.gateway.backbone;

import org.jspecify.annotations.Nullable;

/**
 * What the audit says of one change. Holds no secret: before and after are what the admin API shows.
 *
 * @param kind what was changed, {@code alert_rule} say
 * @param id of a user {@code company/id}; of prices {@code provider/model}, behind {@code company:} for one company's
 * @param company which one it concerns; null: all, or none
 * @param action {@code created}, {@code replaced}, {@code deleted}, or a word of its kind
 * @param before JSON; null: it was not there
 * @param after JSON; null: it is gone
 */
public record Audited(
        String kind,
        String id,
        @Nullable String company,
        String action,
        @Nullable String before,
        @Nullable String after) {

    /** For people: {@code replaced quota acme-month}. */
    String summary() {
        return action + " " + kind.replace('_', ' ') + " " + id;
    }
}
