package io.tollgate.gateway.admin;

import io.tollgate.avro.AlertRule;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;

/** Alert rules. What one names must be there when it is made; a webhook or quota that ends later leaves it silent. */
public final class AlertRules {
    private static final Kind<AlertRule> RULE = new Kind<>(
            "alert_rule",
            Topics.CONFIG_ALERTS,
            Backbone::alertRules,
            AlertRuleJson.View::of,
            AlertRule::getId,
            rule -> rule.getScope().getCompany());
    static final Section<AlertRule> SECTION = Section.of(
            "alert_rules",
            AlertRule.class,
            RULE,
            (fields, id, prior, known, now) -> AlertRuleJson.read(fields, id, known, now));

    private static final List<Filter<AlertRule>> FILTERS = List.of(
            Filter.equal("company", rule -> rule.getScope().getCompany()),
            Filter.value("kind", AlertRuleJson.KINDS, AlertRule::getKind),
            Filter.equal("quota", AlertRule::getQuota),
            Filter.among("webhook", AlertRule::getWebhooks),
            Filter.flag("enabled", AlertRule::getEnabled));

    private final Clock clock;

    public AlertRules(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        long now = Times.micros(clock);
        return RULE.put(
                request,
                backbone,
                Kind.key(request),
                (fields, prior) -> AlertRuleJson.read(fields, id, Known.of(backbone), now));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return RULE.get(request, backbone, Kind.key(request));
    }

    /** {@code company} is for what the scope names, {@code *} being one such name. */
    public Answer list(AdminRequest request, Backbone backbone) {
        return RULE.list(request, backbone, FILTERS);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return RULE.delete(request, backbone, Kind.key(request));
    }
}
