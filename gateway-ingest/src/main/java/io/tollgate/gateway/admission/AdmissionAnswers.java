package io.tollgate.gateway.admission;

import io.tollgate.avro.Hold;
import io.tollgate.avro.Reservation;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.quota.Admissions.Denied;
import io.tollgate.quota.Admissions.Granted;
import io.tollgate.quota.Admissions.Unpriced;
import io.tollgate.quota.Estimate;
import io.tollgate.quota.Metric;
import io.tollgate.quota.QuotaView;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions as answers. All times are epoch µs. */
final class AdmissionAnswers {
    private AdmissionAnswers() {}

    /** @param wouldDeny ids of the shadow quotas that it did not fit */
    record Allowed(
            boolean allowed, String reservation, String expiresAt, List<QuotaItem> quotas, List<String> wouldDeny) {}

    static Answer of(Granted granted, long now) {
        Reservation reservation = granted.reservation();
        Allowed body = new Allowed(
                true,
                reservation.getId(),
                Times.text(reservation.getExpiresAt()),
                granted.quotas().stream().map(QuotaItem::of).toList(),
                granted.wouldDeny());
        return RateLimits.on(Answer.json(200, body), granted.quotas(), now);
    }

    static Answer of(Denied denied, Estimate estimate, long now, String requestId) {
        QuotaView by = denied.by();
        QuotaItem item = QuotaItem.of(by);
        Decimal requested = requested(by, estimate);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("quota", item.id());
        members.put("metric", item.metric());
        members.put("currency", item.currency());
        members.put("user", item.user());
        members.put("key", item.key());
        members.put("limit", item.limit());
        members.put("used", item.used());
        members.put("reserved", item.reserved());
        members.put("remaining", item.remaining());
        members.put("requested", requested.toString());
        members.put("resets_at", item.resetsAt());
        Answer answer = Answer.problem(
                Problem.of(429, "quota_exceeded", "A quota is exceeded", detail(item, requested)), requestId, members);
        long retryAfter = QuotaItem.isConcurrent(by) ? 1 : Math.max(1, RateLimits.secondsUntil(by.resetsAt(), now));
        return RateLimits.on(answer.with("retry-after", Long.toString(retryAfter)), denied.quotas(), now);
    }

    static Problem of(Unpriced unpriced, AdmissionRequest request) {
        return Problem.forbidden(
                "unpriced_model",
                "what is asked of " + request.provider() + "/" + request.model() + " has no price, and the quota "
                        + unpriced.by().quota().getId() + " limits its cost");
    }

    /**
     * An open reservation.
     *
     * @param key that asked for it
     */
    record Open(
            String reservation,
            @Nullable String user,
            @Nullable String key,
            @Nullable String provider,
            @Nullable String model,
            String grantedAt,
            String expiresAt,
            List<Held> holds) {
        static Open of(Reservation reservation) {
            return new Open(
                    reservation.getId(),
                    reservation.getUser(),
                    reservation.getAuthId(),
                    reservation.getProvider(),
                    reservation.getModel(),
                    Times.text(reservation.getGrantedAt()),
                    Times.text(reservation.getExpiresAt()),
                    reservation.getHolds().stream().map(Held::of).toList());
        }
    }

    /** What it holds of one quota. */
    record Held(String quota, @Nullable String user, @Nullable String key, String amount) {
        static Held of(Hold hold) {
            return new Held(
                    hold.getQuota(),
                    hold.getUser(),
                    hold.getKey(),
                    Decimals.fromAvro(hold.getAmount()).toString());
        }
    }

    private static Decimal requested(QuotaView by, Estimate estimate) {
        return QuotaItem.isConcurrent(by)
                ? Decimal.ONE
                : new Metric(by.quota().getMetric(), by.quota().getCurrency()).of(estimate);
    }

    private static String detail(QuotaItem item, Decimal requested) {
        String unit = item.currency() == null ? item.metric() : item.metric() + " in " + item.currency();
        String standing = "quota " + item.id() + " limits " + unit + " to " + item.limit() + ": " + item.used()
                + " used, " + item.reserved() + " reserved, " + requested + " requested";
        return item.resetsAt() == null ? standing : standing + "; it resets at " + item.resetsAt();
    }
}
