package io.tollgate.quota.alert;

import io.tollgate.avro.AlertRule;
import io.tollgate.quota.Caller;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.ScopeMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that are switched on, found by what they look at. Of one thread. */
public final class AlertRules {
    private final Map<String, CompiledRule> byId = new HashMap<>();
    private final Map<String, List<CompiledRule>> counting = new HashMap<>();
    private final List<CompiledRule> watching = new ArrayList<>();

    /** Takes a rule in, in place of the one of its id; it is only a place that is made free if it is switched off. */
    public void put(AlertRule rule) {
        CompiledRule compiled = new CompiledRule(rule);
        remove(rule.getId());
        if (rule.getEnabled()) {
            byId.put(rule.getId(), compiled);
            listOf(compiled).add(compiled);
        }
    }

    public void remove(String id) {
        CompiledRule before = byId.remove(id);
        if (before != null) {
            listOf(before).remove(before);
        }
    }

    /** Null where there is none of the id, or it is switched off. */
    public @Nullable CompiledRule find(String id) {
        return byId.get(id);
    }

    public Collection<CompiledRule> all() {
        return byId.values();
    }

    /** Those that count the caller's usage. */
    public List<CompiledRule> matching(Caller caller) {
        List<CompiledRule> matching = new ArrayList<>();
        addMatching(matching, counting.get(caller.company()), caller);
        addMatching(matching, counting.get(ScopeMatcher.EACH), caller);
        return matching;
    }

    /** Those that look at the quota. */
    public List<CompiledRule> matching(QuotaReading reading) {
        return watching.stream().filter(rule -> rule.matches(reading)).toList();
    }

    private static void addMatching(List<CompiledRule> matching, @Nullable List<CompiledRule> rules, Caller caller) {
        if (rules != null) {
            rules.stream().filter(rule -> rule.matches(caller)).forEach(matching::add);
        }
    }

    private List<CompiledRule> listOf(CompiledRule rule) {
        return rule.watchesQuotas()
                ? watching
                : counting.computeIfAbsent(rule.rule().getScope().getCompany(), company -> new ArrayList<>());
    }
}
