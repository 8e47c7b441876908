package io.tollgate.gateway.ingest;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.mapping.Mapping;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the data of another meter's event by a mapping. Numbers are taken by their text, never over a double. */
record MappedReader(EventInput input, String parent, Mapping mapping) {

    /** The usage of the object that the parser stands at; without user and time, which are not in it. */
    Usage read() {
        Map<String, String> values = values();
        Usage usage = new Usage();
        usage.setBillable(true);
        usage.setProvider(text(mapping.providerOf(values), mapping.provider().from()));
        usage.setModel(text(mapping.model().of(values), mapping.model().from()));
        usage.setOperation(
                text(mapping.operation().of(values), mapping.operation().from()));
        usage.setLabels(labels(values));
        usage.setDimensions(dimensions(values));
        require(usage);
        return usage;
    }

    private Map<String, String> values() {
        JsonParser json = input.json();
        Map<String, String> values = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (!mapping.asksFor(name)) {
                input.skip();
            } else if (values.containsKey(name)) {
                input.rejectTwice(parent, name);
            } else {
                String value = value(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
        }
        return values;
    }

    private @Nullable String value(String name) {
        JsonToken token = input.json().nextToken();
        if (token.isScalarValue()) {
            return token == JsonToken.VALUE_NULL ? null : input.json().getString();
        }
        input.json().skipChildren();
        reject(RejectionCode.INVALID_EVENT, name, name + " must be a string or a number" + because());
        return null;
    }

    private @Nullable String text(@Nullable String text, @Nullable String member) {
        return text == null
                ? null
                : input.storable(text, parent, member == null ? "" : member, SubmissionLimits.MAX_TEXT);
    }

    private Map<String, String> labels(Map<String, String> values) {
        Map<String, String> labels = new HashMap<>();
        mapping.labels().forEach((label, member) -> {
            String value = text(values.get(member), member);
            if (value != null && !value.isEmpty()) {
                labels.put(label, value);
            }
        });
        return labels;
    }

    private List<DimensionQuantity> dimensions(Map<String, String> values) {
        Map<String, Decimal> sums = new LinkedHashMap<>();
        if (mapping.counts().isEmpty()) {
            String member = mapping.quantity().from();
            add(sums, dimension(values), mapping.quantity().of(values), member == null ? "" : member);
        } else {
            mapping.counts().forEach((member, dimension) -> {
                if (values.containsKey(member)) {
                    add(sums, dimension, values.get(member), member);
                }
            });
        }
        List<DimensionQuantity> dimensions = new ArrayList<>(sums.size());
        sums.forEach((dimension, sum) -> dimensions.add(new DimensionQuantity(dimension, Decimals.toAvro(sum))));
        return dimensions;
    }

    private @Nullable String dimension(Map<String, String> values) {
        String member = mapping.dimension().from();
        String dimension = mapping.dimension().of(values);
        boolean isKnown = dimension != null
                && mapping.dimension().knows(dimension)
                && dimension.length() <= SubmissionLimits.MAX_NAME
                && SubmissionRules.isDimension(dimension);
        if (!isKnown) {
            reject(
                    RejectionCode.INVALID_EVENT,
                    member == null ? "" : member,
                    dimension == null
                            ? member + " is missing: it says what was counted" + because()
                            : Texts.shown(dimension) + " is no dimension and no word for one" + because());
        }
        return isKnown ? dimension : null;
    }

    private void add(Map<String, Decimal> sums, @Nullable String dimension, @Nullable String text, String member) {
        if (text == null) {
            reject(
                    RejectionCode.INVALID_QUANTITY,
                    member,
                    member + " is missing: it says how much was used" + because());
            return;
        }
        Decimal value = Quantities.number(text);
        String objection = value == null ? Quantities.objection(text) : SubmissionRules.objection(value);
        if (value == null || objection != null) {
            reject(RejectionCode.INVALID_QUANTITY, member, member + ": " + Texts.shown(text) + " " + objection);
            return;
        }
        if (dimension != null) {
            Decimal sum = sums.getOrDefault(dimension, Decimal.ZERO).plus(value);
            String tooMuch = SubmissionRules.objection(sum);
            if (tooMuch != null) {
                reject(RejectionCode.INVALID_QUANTITY, member, dimension + " " + tooMuch);
            }
            sums.put(dimension, sum);
        }
    }

    private void require(Usage usage) {
        String provider = mapping.provider().from();
        if (usage.getProvider() == null || usage.getProvider().isBlank()) {
            reject(
                    RejectionCode.MISSING_PROVIDER,
                    provider == null ? "provider" : provider,
                    "who was called is not known" + because());
        }
        String model = mapping.model().from();
        if (usage.getModel() == null || usage.getModel().isBlank()) {
            reject(RejectionCode.MISSING_MODEL, model == null ? "model" : model, "the model is missing" + because());
        }
        if (usage.getDimensions().isEmpty()) {
            reject(
                    RejectionCode.INVALID_QUANTITY,
                    mapping.counts().keySet().stream().sorted().findFirst().orElse(""),
                    "none of the counts is there" + because());
        }
    }

    private void reject(RejectionCode code, String member, String detail) {
        input.reject(code, parent, member, detail);
    }

    /** Whose rule it is: a client can't look it up. */
    private String because() {
        return ", by tollgate.mappings for type " + mapping.type();
    }
}
