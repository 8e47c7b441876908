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

    /** Takes a change in; one that can't be counted is left out, as if it were not there. */
    public void change(@Nullable Quota before, @Nullable Quota after) {
        if (before != null) {
            byCompany.computeIfPresent(before.getScope().getCompany(), (company, rules) -> without(before, rules));
        }
        QuotaRule rule = after == null ? null : ruleOrNull(after);
        if (rule != null) {
            byCompany.merge(rule.quota().getScope().getCompany(), List.of(rule), QuotaRules::joined);
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
