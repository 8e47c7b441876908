package io.tollgate.quota;

import io.tollgate.avro.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All quotas by the company that they are about. Written by one thread, read by many. */
public final class QuotaRules {
    private final Map<String, List<QuotaRule>> byCompany = new ConcurrentHashMap<>();

    /**
     * Takes a change in; one that can't be counted is left out, as if it were not there. Nobody sees a moment without the
     * quota: it is replaced in one go, and one that moves to another company is there before it goes from here.
     */
    public void change(@Nullable Quota before, @Nullable Quota after) {
        QuotaRule rule = after == null ? null : ruleOrNull(after);
        if (rule != null) {
            byCompany.compute(company(rule.quota()), (company, rules) -> with(rule, rules));
        }
        if (before != null && (rule == null || !company(before).equals(company(rule.quota())))) {
            byCompany.computeIfPresent(company(before), (company, rules) -> without(before, rules));
        }
    }

    /** The quotas that may be about a company: its own and those of each company. */
    public List<QuotaRule> of(String company) {
        List<QuotaRule> own = byCompany.getOrDefault(company, List.of());
        List<QuotaRule> general = byCompany.getOrDefault(ScopeMatcher.EACH, List.of());
        return general.isEmpty() ? own : own.isEmpty() ? general : joined(own, general);
    }

    private static @Nullable QuotaRule ruleOrNull(Quota quota) {
        try {
            return QuotaRule.of(quota);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String company(Quota quota) {
        return quota.getScope().getCompany();
    }

    private static List<QuotaRule> with(QuotaRule rule, @Nullable List<QuotaRule> rules) {
        List<QuotaRule> others = rules == null ? null : without(rule.quota(), rules);
        return others == null ? List.of(rule) : joined(others, List.of(rule));
    }

    private static @Nullable List<QuotaRule> without(Quota quota, List<QuotaRule> rules) {
        List<QuotaRule> others = rules.stream()
                .filter(rule -> !rule.quota().getId().equals(quota.getId()))
                .toList();
        return others.isEmpty() ? null : others;
    }

    private static List<QuotaRule> joined(List<QuotaRule> one, List<QuotaRule> other) {
        List<QuotaRule> both = new ArrayList<>(one.size() + other.size());
        both.addAll(one);
        both.addAll(other);
        return List.copyOf(both);
    }
}
