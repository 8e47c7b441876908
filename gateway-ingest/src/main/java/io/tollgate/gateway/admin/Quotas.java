package io.tollgate.gateway.admin;

import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.Quota;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Quotas. One may be changed into any other: where it counts something else from then on, its count starts again from
 * what the totals hold. Those of a company that has ended stay, and count nothing.
 */
public final class Quotas {
    private static final Kind<Quota> QUOTA = new Kind<>(
            "quota", Topics.CONFIG_QUOTAS, Backbone::quotas, QuotaJson.View::of, Quota::getId, quota -> quota.getScope()
                    .getCompany());
    static final Section<Quota> SECTION =
            Section.of("quotas", Quota.class, QUOTA, QuotaJson::read).shows("resets");

    private static final List<Filter<Quota>> FILTERS = List.of(
            Filter.equal("company", quota -> quota.getScope().getCompany()),
            Filter.equal("user", quota -> quota.getScope().getUser()),
            Filter.equal("key", quota -> quota.getScope().getKey()),
            Filter.equal("provider", quota -> quota.getScope().getProvider()),
            Filter.equal("model", quota -> quota.getScope().getModel()),
            Filter.equal("metric", Quota::getMetric),
            Filter.value("enforcement", QuotaJson.ENFORCEMENTS, Quota::getEnforcement));

    private final Clock clock;

    public Quotas(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        long now = Times.micros(clock);
        return QUOTA.put(
                request,
                backbone,
                Kind.key(request),
                (fields, prior) -> QuotaJson.read(fields, id, prior, Known.of(backbone), now));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return QUOTA.get(request, backbone, Kind.key(request));
    }

    /** A filter is for what the scope names, {@code *} being one such name. */
    public Answer list(AdminRequest request, Backbone backbone) {
        return QUOTA.list(request, backbone, FILTERS);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return QUOTA.delete(request, backbone, Kind.key(request));
    }

    /** Begins counts anew; what had been used is recorded by whoever counts, soon after this is answered. */
    public Answer reset(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        long now = Times.micros(clock);
        return QUOTA.change(request, backbone, Kind.key(request), quota -> {
            Period period = quota.getPeriod();
            if (period == null) {
                return refused(request, "nothing_to_reset", "open admissions are counted as they are; release them");
            }
            List<FieldError> errors = new ArrayList<>();
            ManualReset reset = Resets.read(Fields.of(body.tree(), "", errors), quota, Known.of(backbone), now);
            if (!errors.isEmpty()) {
                return Decision.unchanged(Answer.problem(Problem.invalid(errors), request.requestId()));
            }
            List<ManualReset> resets = Resets.with(quota, period, reset);
            if (resets == null) {
                String detail = "this quota was reset " + Resets.MOST + " times within its period; raise its limit";
                return refused(request, "too_many_resets", detail);
            }
            Quota next = Quota.newBuilder(quota)
                    .setResets(resets)
                    .setVersion(quota.getVersion() + 1)
                    .setUpdatedAt(now)
                    .build();
            return Decision.change(QUOTA.changed("reset", Kind.key(request), quota, next), QUOTA.answer(202, next));
        });
    }

    private static Decision<Answer> refused(AdminRequest request, String code, String detail) {
        return Decision.unchanged(
                Answer.problem(Problem.of(409, code, "The quota can't be reset", detail), request.requestId()));
    }
}
