package io.tollgate.quota.alert;

import io.tollgate.quota.Caller;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.ScopeMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules, found by what they look at; one that is switched off looks at nothing. Of one thread. */
public final class AlertRules {
    private final Map<String, CompiledRule> byId = new HashMap<>();
    private final Map<String, List<CompiledRule>> counting = new HashMap<>();
    private final List<CompiledRule> watching = new ArrayList<>();

    /** Takes a rule in, in place of the one of its id. */
    public void put(CompiledRule rule) {
        remove(rule.id());
        byId.put(rule.id(), rule);
        if (rule.isEnabled()) {
            listOf(rule).add(rule);
        }
    }

    public void remove(String id) {
        CompiledRule before = byId.remove(id);
        if (before != null) {
            listOf(before).remove(before);
        }
    }

    /** Null where there is none of the id. */
    public @Nullable CompiledRule find(String id) {
        return byId.get(id);
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
