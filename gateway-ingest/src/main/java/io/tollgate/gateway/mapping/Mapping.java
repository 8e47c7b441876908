package io.tollgate.gateway.mapping;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events of one type have what a usage needs. All members are directly in {@code data}. An event has either one
 * quantity, whose dimension it says, or several counts, each a member of its own.
 *
 * @param type of CloudEvents, as it is
 * @param provider who was called
 * @param vendors who was called by the beginning of the model's name, where the event does not say; the longest holds
 * @param model that was called
 * @param operation chat, embeddings, …
 * @param quantity how much was used
 * @param dimension of what
 * @param counts members that hold a quantity each, and its dimension; members with the same one are added up
 * @param labels names of labels, and the members that have their values
 */
public record Mapping(
        @DefaultValue("") String type,
        @DefaultValue Term provider,
        @DefaultValue Map<String, String> vendors,
        @DefaultValue Term model,
        @DefaultValue Term operation,
        @DefaultValue Term quantity,
        @DefaultValue Term dimension,
        @DefaultValue Map<String, String> counts,
        @DefaultValue Map<String, String> labels) {
    private static final String OURS = "tollgate.";

    public Mapping {
        require(!type.isBlank(), "tollgate.mappings", "a mapping needs a type, that of CloudEvents");
        String where = "tollgate.mappings, type " + type;
        require(!type.startsWith(OURS), where, "types that begin with tollgate. are Tollgate's own");
        require(type.length() <= SubmissionLimits.MAX_TEXT, where, "a type has at most 256 characters");
        vendors = Map.copyOf(vendors);
        counts = Map.copyOf(counts);
        labels = Map.copyOf(labels);
        require(!model.isEmpty(), where, "model needs a from or an otherwise");
        require(!provider.isEmpty() || !vendors.isEmpty(), where, "provider needs a from or an otherwise, or vendors");
        require(
                counts.isEmpty() != (quantity.isEmpty() && dimension.isEmpty()),
                where,
                "either quantity and dimension, or counts, say how much was used");
        require(quantity.isEmpty() == dimension.isEmpty(), where, "quantity and dimension need each other");
        requireDimensions(where, dimension, counts);
        require(isQuantity(quantity.otherwise()), where, quantity.otherwise() + " is no quantity");
        require(labels.size() <= SubmissionLimits.MAX_LABELS, where, "there are more than 64 labels");
        for (String label : labels.keySet()) {
            require(label.length() <= SubmissionLimits.MAX_NAME, where, "label " + label + " is too long");
        }
    }

    private static void requireDimensions(String where, Term dimension, Map<String, String> counts) {
        Set<String> dimensions = new HashSet<>(counts.values());
        dimensions.addAll(dimension.words().values());
        if (dimension.otherwise() != null) {
            dimensions.add(dimension.otherwise());
        }
        for (String name : dimensions) {
            require(
                    SubmissionRules.isDimension(name) && name.length() <= SubmissionLimits.MAX_NAME,
                    where,
                    "'" + name + "' is no dimension: use a-z, 0-9 and _, cache_read say");
        }
    }

    private static boolean isQuantity(@Nullable String text) {
        try {
            return text == null || SubmissionRules.objection(Decimal.parse(text)) == null;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void require(boolean holds, String where, String message) {
        if (!holds) {
            throw new IllegalArgumentException(where + ": " + message);
        }
    }

    /** Whether the mapping asks for a member; the others are not even read. */
    public boolean asksFor(String member) {
        return member.equals(provider.from())
                || member.equals(model.from())
                || member.equals(operation.from())
                || member.equals(quantity.from())
                || member.equals(dimension.from())
                || counts.containsKey(member)
                || labels.containsValue(member);
    }

    /** Who was called; null where neither the event nor its model nor the settings say. */
    public @Nullable String providerOf(Map<String, String> values) {
        String said = provider.said(values);
        String called = model.of(values);
        if (said != null || called == null) {
            return said == null ? provider.otherwise() : said;
        }
        String name = called.toLowerCase(Locale.ROOT);
        return vendors.entrySet().stream()
                .filter(vendor -> name.startsWith(vendor.getKey().toLowerCase(Locale.ROOT)))
                .max(Comparator.comparingInt(vendor -> vendor.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(provider.otherwise());
    }
}
