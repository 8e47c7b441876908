package io.tollgate.quota.alert;

import io.tollgate.avro.Alert;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said.
 *
 * @param alerts by rising threshold
 * @param after the marks to be kept; the very ones from before if there is nothing to say
 */
public record AlertDecision(List<Alert> alerts, Marks after) {

    /**
     * One alert for each threshold that the value has reached since the marks were made, and a resolved one for each that
     * it has left.
     *
     * @param window that the value is of
     * @param now epoch µs
     */
    public static AlertDecision decide(
            CompiledRule rule, Subject subject, Window window, Level level, Marks before, long now) {
        List<Alert> alerts = new ArrayList<>();
        Marks after = before;
        for (Decimal threshold : rule.thresholds()) {
            Mark mark = before.of(threshold);
            Mark moved = moved(mark, level.isAtLeast(threshold), window);
            if (moved == null) {
                continue;
            }
            Alert alert = alert(rule, subject, threshold, moved, level);
            alert.setLate(window.end() <= now);
            alert.setAt(now);
            alerts.add(alert);
            after = after.with(threshold, moved);
        }
        return new AlertDecision(alerts, after);
    }

    /** Null where there is nothing new. */
    private static @Nullable Mark moved(@Nullable Mark mark, boolean isReached, Window window) {
        if (mark == null || !mark.isOpen()) {
            return isReached ? Mark.crossing(mark, window) : null;
        }
        return isReached ? null : mark.resolved();
    }

    private static Alert alert(CompiledRule rule, Subject subject, Decimal threshold, Mark mark, Level level) {
        StateName name = subject.name();
        Alert alert = new Alert();
        alert.setId(AlertId.of(rule, threshold, name, mark));
        alert.setRule(rule.id());
        alert.setKind(rule.kind());
        alert.setResolved(!mark.isOpen());
        alert.setNumber(mark.number());
        alert.setCompany(name.company());
        alert.setUser(name.user());
        alert.setKey(name.key());
        alert.setProvider(subject.provider());
        alert.setModel(subject.model());
        alert.setQuota(subject.quota());
        alert.setMetric(subject.metric());
        alert.setCurrency(subject.currency());
        alert.setThreshold(Decimals.toAvro(threshold));
        alert.setValue(Decimals.toAvro(level.shown(threshold)));
        alert.setUsed(Decimals.toAvro(level.used()));
        alert.setLimit(Decimals.toAvroOrNull(level.limit()));
        alert.setWindowStart(mark.window().start());
        alert.setWindowEnd(mark.window().end());
        alert.setWebhooks(rule.rule().getWebhooks());
        return alert;
    }
}
