package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.AlertRule;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;

/** Alert rules. What one names must be there when it is made; a webhook or quota that ends later leaves it silent. */
public final class AlertRules {
    private static final Kind<AlertRule> RULE =
            new Kind<>("alert rule", Topics.CONFIG_ALERTS, Backbone::alertRules, AlertRuleJson.View::of);

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
                key(request),
                (fields, prior) -> AlertRuleJson.read(fields, id, Known.of(backbone), now));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return RULE.get(request, backbone, key(request));
    }

    /** With {@code ?company=} those whose scope names it, {@code *} being one such name. */
    public Answer list(AdminRequest request, Backbone backbone) {
        String company = request.query().get("company");
        return Page.answer(
                request,
                backbone.alertRules().values().stream()
                        .filter(rule -> company == null
                                || company.equals(rule.getScope().getCompany())),
                AlertRule::getId,
                AlertRuleJson.View::of);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return RULE.delete(request, backbone, key(request));
    }

    private static byte[] key(AdminRequest request) {
        return request.variable("id").getBytes(UTF_8);
    }
}
