package io.tollgate.gateway.config;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Webhook;
import io.tollgate.gateway.admin.Known;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.config.Outcome.Change;
import io.tollgate.gateway.config.Outcome.Count;
import io.tollgate.gateway.config.Outcome.LeftAlone;
import io.tollgate.gateway.config.Outcome.Secret;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The configuration as it is about to be: what was there, with one change on the other. What a record names is looked up
 * here, so that a quota may be for a company that the same document makes. Pure; writes nothing.
 */
final class Draft {
    /** What can be wrong with a record without a change of it: what it names has ended or changed. */
    private static final Set<String> DANGLING = Set.of(
            "unknown_company",
            "unknown_key",
            "unknown_quota",
            "unknown_webhook",
            "other_company",
            "not_watched",
            "unknown_member");

    private final Configured before;
    private final long now;
    private final @Nullable String auditedAs;
    private final Map<Section<?>, Map<String, SpecificRecord>> records = new HashMap<>();
    private final Known known;
    private final DraftPrices prices;
    private final List<ConfigChange> changes = new ArrayList<>();
    private final List<Change> said = new ArrayList<>();
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<LeftAlone> leftAlone = new ArrayList<>();
    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Begins with what is configured.
     *
     * @param now epoch µs
     * @param auditedAs what the audit calls each change; null: created, replaced, deleted
     */
    Draft(Configured before, long now, @Nullable String auditedAs) {
        this.before = before;
        this.now = now;
        this.auditedAs = auditedAs;
        before.records().forEach((section, found) -> records.put(section, new HashMap<>(found)));
        this.known = known(records);
        this.prices = new DraftPrices(before, now);
    }

    /** What is wrong so far, with pointers into the document. */
    List<FieldError> errors() {
        return errors;
    }

    List<ConfigChange> changes() {
        return changes;
    }

    Known known() {
        return known;
    }

    long now() {
        return now;
    }

    /** Names of a kind's records that have not ended. */
    <V extends SpecificRecord> List<String> names(Section<V> section) {
        return of(section).entrySet().stream()
                .filter(entry -> isThere(section, entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    <V extends SpecificRecord> @Nullable V find(Section<V> section, String name) {
        return section.cast(of(section).get(name));
    }

    /** Makes or replaces a record by what a document's member says. */
    <V extends SpecificRecord> void put(Section<V> section, String name, JsonNode item, String at) {
        V prior = find(section, name);
        List<FieldError> own = new ArrayList<>();
        Section.Wanted<V> wanted = section.read(item, at, name, prior, known, now, now, own);
        boolean asBefore = wanted.record().equals(prior) && own.stream().allMatch(Draft::dangles);
        if (!own.isEmpty() && asBefore) {
            // What it names was there no more before: then it says nothing new, and only who wants it changed is asked
            // to.
            List<FieldError> then = new ArrayList<>();
            var unused = section.read(item, at, name, prior, known(before.records()), now, now, then);
            own.removeAll(then);
        }
        errors.addAll(own);
        if (own.isEmpty()) {
            take(section, name, prior, wanted);
        }
    }

    /**
     * Puts a record back to what it was. What it named then and is not there any more is no error: it named it in vain then,
     * or does now, as it would had that ended later.
     *
     * @param judged epoch µs: the moment that what it says of times is judged by
     */
    <V extends SpecificRecord> void putBack(Section<V> section, String name, JsonNode item, long judged) {
        V prior = find(section, name);
        List<FieldError> own = new ArrayList<>();
        Section.Wanted<V> wanted =
                section.read(item, "/" + section.member() + "/" + name, name, prior, known, judged, now, own);
        own.removeIf(Draft::dangles);
        errors.addAll(own);
        if (own.isEmpty()) {
            take(section, name, prior, wanted);
        }
    }

    /** Ends a record that is there. */
    <V extends SpecificRecord> void end(Section<V> section, String name) {
        V prior = find(section, name);
        if (prior == null || !section.isThere(prior)) {
            return;
        }
        V left = section.ended(prior, now);
        String action = left == null ? "deleted" : "revoked";
        if (left == null) {
            of(section).remove(name);
        } else {
            of(section).put(name, left);
        }
        changes.add(section.changed(audited(action), name, prior, left));
        said.add(new Change(section.member(), name, action, Differences.between(section.view(prior), null)));
        count(section.member(), 0, 0, 1, 0);
    }

    /** Prices, which are only added. */
    DraftPrices prices() {
        return prices;
    }

    /** Takes in what the prices came to, as the last thing. */
    void takePrices() {
        errors.addAll(prices.errors());
        changes.addAll(prices.changes(auditedAs));
        said.addAll(prices.said());
        count(DraftPrices.MEMBER, prices.added(), 0, 0, prices.unchanged());
    }

    /** A kind that was looked at, whether or not anything of it changes. */
    void lookedAt(String member) {
        count(member, 0, 0, 0, 0);
    }

    void leaveAlone(String kind, String id, String why) {
        leftAlone.add(new LeftAlone(kind, id, why));
    }

    /** What it came to. */
    Outcome outcome(boolean dryRun) {
        boolean isWritten = !dryRun && !changes.isEmpty();
        return new Outcome(
                dryRun,
                isWritten ? before.version() + 1 : before.version(),
                counts,
                said,
                isWritten ? secrets : null,
                auditedAs == null ? null : leftAlone);
    }

    private <V extends SpecificRecord> void take(
            Section<V> section, String name, @Nullable V prior, Section.Wanted<V> wanted) {
        V next = wanted.record();
        if (next.equals(prior)) {
            count(section.member(), 0, 0, 0, 1);
            return;
        }
        of(section).put(name, next);
        String action = prior == null ? "created" : "replaced";
        changes.add(section.changed(audited(action), name, prior, next));
        JsonNode was = prior == null ? null : section.view(prior);
        said.add(new Change(section.member(), name, action, Differences.between(was, section.view(next))));
        count(section.member(), prior == null ? 1 : 0, prior == null ? 0 : 1, 0, 0);
        String secret = wanted.secret();
        if (secret != null) {
            secrets.add(new Secret(section.member(), name, secret));
        }
    }

    private String audited(String action) {
        return auditedAs == null ? action : auditedAs;
    }

    private void count(String member, int made, int changed, int ended, int same) {
        counts.put(member, counts.getOrDefault(member, Count.NONE).plus(made, changed, ended, same));
    }

    private Map<String, SpecificRecord> of(Section<?> section) {
        return records.computeIfAbsent(section, kind -> new HashMap<>());
    }

    private static boolean dangles(FieldError error) {
        return DANGLING.contains(error.code());
    }

    private static Known known(Map<Section<?>, Map<String, SpecificRecord>> all) {
        Map<String, Map<String, SpecificRecord>> members = new HashMap<>();
        all.forEach((section, found) -> members.put(section.member(), found));
        return new Known(
                id -> Company.class.cast(find(members, "companies", id)),
                id -> ApiKey.class.cast(find(members, "keys", id)),
                id -> Quota.class.cast(find(members, "quotas", id)),
                id -> Webhook.class.cast(find(members, "webhooks", id)));
    }

    private static @Nullable SpecificRecord find(
            Map<String, Map<String, SpecificRecord>> members, String member, String name) {
        return members.getOrDefault(member, Map.of()).get(name);
    }

    private static <V extends SpecificRecord> boolean isThere(Section<V> section, SpecificRecord record) {
        V known = section.cast(record);
        return known != null && section.isThere(known);
    }
}
