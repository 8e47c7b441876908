package io.tollgate.gateway.ingest;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a usage's {@code data} straight into its record. Members that are not known are stepped over. */
final class UsageReader {
    private final EventInput input;
    private final String parent;
    private final @Nullable ResponseReader response;
    private final Usage usage = new Usage();
    private int seen;
    private @Nullable String timeText;

    /**
     * @param parent pointer to the data within the event
     * @param response reads the dimensions from a vendor's body; null: the data states them
     */
    UsageReader(EventInput input, String parent, @Nullable ResponseReader response) {
        this.input = input;
        this.parent = parent;
        this.response = response;
    }

    /** The usage of the object that the parser stands at; without user and time, which are not in it. */
    Usage read() {
        JsonParser json = input.json();
        usage.setBillable(true);
        usage.setLabels(Map.of());
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (response == null || !response.takes(name)) {
                readMember(name);
            }
        }
        if (response != null) {
            response.fill(usage);
        }
        require();
        return usage;
    }

    /** {@code time} within the data, which only a correction has a use for; null: none. */
    @Nullable
    String timeText() {
        return timeText;
    }

    private void readMember(String name) {
        switch (name) {
            case "provider" -> {
                if (first(1, name)) {
                    usage.setProvider(text(name));
                }
            }
            case "model" -> {
                if (first(1 << 1, name)) {
                    usage.setModel(text(name));
                }
            }
            case "dimensions" -> {
                if (first(1 << 2, name)) {
                    usage.setDimensions(dimensions());
                }
            }
            case "operation" -> {
                if (first(1 << 3, name)) {
                    usage.setOperation(text(name));
                }
            }
            case "request_id" -> {
                if (first(1 << 4, name)) {
                    usage.setRequestId(text(name));
                }
            }
            case "service_tier" -> {
                if (first(1 << 5, name)) {
                    usage.setServiceTier(text(name));
                }
            }
            case "region" -> {
                if (first(1 << 6, name)) {
                    usage.setRegion(text(name));
                }
            }
            case "variant" -> {
                if (first(1 << 7, name)) {
                    usage.setVariant(text(name));
                }
            }
            case "reservation" -> {
                if (first(1 << 8, name)) {
                    usage.setReservation(text(name));
                }
            }
            case "status" -> {
                if (first(1 << 9, name)) {
                    Long status = input.wholeNumber(parent, name, 0, SubmissionLimits.MAX_STATUS);
                    usage.setStatus(status == null ? null : status.intValue());
                }
            }
            case "latency_ms" -> {
                if (first(1 << 10, name)) {
                    usage.setLatencyMs(input.wholeNumber(parent, name, 0, SubmissionLimits.MAX_LATENCY_MS));
                }
            }
            case "billable" -> {
                if (first(1 << 11, name)) {
                    usage.setBillable(input.flag(parent, name, true));
                }
            }
            case "labels" -> {
                if (first(1 << 12, name)) {
                    usage.setLabels(labels());
                }
            }
            case "speed" -> {
                if (first(1 << 14, name)) {
                    usage.setSpeed(text(name));
                }
            }
            case "request_model" -> {
                if (first(1 << 15, name)) {
                    usage.setRequestModel(text(name));
                }
            }
            case "time" -> {
                if (first(1 << 13, name)) {
                    timeText = text(name);
                }
            }
            default -> input.skip();
        }
    }

    private boolean first(int bit, String name) {
        if ((seen & bit) != 0) {
            input.rejectTwice(parent, name);
            return false;
        }
        seen |= bit;
        return true;
    }

    private @Nullable String text(String name) {
        return input.text(parent, name, SubmissionLimits.MAX_TEXT);
    }

    private void require() {
        String provider = usage.getProvider();
        if (provider == null || provider.isBlank()) {
            input.reject(RejectionCode.MISSING_PROVIDER, parent, "provider", "provider is missing; openai, say");
        }
        String model = usage.getModel();
        if (model == null || model.isBlank()) {
            input.reject(RejectionCode.MISSING_MODEL, parent, "model", "model is missing; gpt-4o, say");
        }
        List<DimensionQuantity> dimensions = usage.getDimensions();
        if (dimensions == null) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    "dimensions",
                    "dimensions is missing: an object of quantities, {\"input\":1200,\"output\":300} say");
        } else if (dimensions.isEmpty() && !SubmissionRules.mayBeEmpty(usage)) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    "dimensions",
                    "dimensions is empty; only a call with status 400 or above or with billable false used nothing");
        }
    }

    private @Nullable List<DimensionQuantity> dimensions() {
        JsonParser json = input.json();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        List<DimensionQuantity> quantities = new ArrayList<>(4);
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            input.reject(RejectionCode.INVALID_EVENT, parent, "dimensions", "dimensions must be an object");
            return quantities;
        }
        String at = parent + "/dimensions";
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (quantities.size() == SubmissionLimits.MAX_DIMENSIONS) {
                input.reject(
                        RejectionCode.TOO_MANY_DIMENSIONS,
                        parent,
                        "dimensions",
                        "more than " + SubmissionLimits.MAX_DIMENSIONS + " dimensions");
                input.skip();
            } else if (contains(quantities, name)) {
                input.rejectTwice(at, name);
            } else {
                checkDimensionName(at, name);
                quantities.add(new DimensionQuantity(name, quantity(at, name)));
            }
        }
        return quantities;
    }

    private static boolean contains(List<DimensionQuantity> quantities, String name) {
        for (int i = 0; i < quantities.size(); i++) {
            if (quantities.get(i).getDimension().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void checkDimensionName(String at, String name) {
        if (name.length() > SubmissionLimits.MAX_NAME) {
            input.reject(
                    RejectionCode.VALUE_TOO_LONG,
                    parent,
                    "dimensions",
                    "a dimension's name has " + name.length() + " characters, at most " + SubmissionLimits.MAX_NAME
                            + " are kept");
            return;
        }
        if (!SubmissionRules.isDimension(name)) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    at,
                    name,
                    Texts.shown(name) + " is no dimension: use a-z, 0-9 and _, cache_read say");
        }
    }

    /** Never over a double: a number is taken by its text. */
    private ExactDecimal quantity(String at, String name) {
        JsonParser json = input.json();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT && json.getStringLength() <= 18) {
            long value = json.getLongValue();
            if (value >= 0) {
                return new ExactDecimal(value, 0, null);
            }
        }
        boolean numeric = token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT
                || token == JsonToken.VALUE_STRING;
        if (!numeric) {
            json.skipChildren();
            rejectQuantity(at, name, "must be a number, or a string that holds one");
            return Decimals.toAvro(Decimal.ZERO);
        }
        String text = json.getString();
        Decimal value = Quantities.number(text);
        String objection = value == null ? Quantities.objection(text) : SubmissionRules.objection(value);
        if (value == null || objection != null) {
            rejectQuantity(at, name, Texts.shown(text) + " " + objection);
            return Decimals.toAvro(Decimal.ZERO);
        }
        return Decimals.toAvro(value);
    }

    private void rejectQuantity(String at, String name, String detail) {
        input.reject(RejectionCode.INVALID_QUANTITY, at, name, Texts.shown(name) + ": " + detail);
    }

    private Map<String, String> labels() {
        JsonParser json = input.json();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            input.reject(RejectionCode.INVALID_EVENT, parent, "labels", "labels must be an object of strings");
            return Map.of();
        }
        String at = parent + "/labels";
        Map<String, String> labels = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (labels.containsKey(name)) {
                input.rejectTwice(at, name);
                continue;
            }
            String value = input.text(at, name, SubmissionLimits.MAX_TEXT);
            if (name.isEmpty() || input.storable(name, parent, "labels", SubmissionLimits.MAX_NAME) == null) {
                input.reject(RejectionCode.INVALID_EVENT, parent, "labels", "a label needs a name");
            } else if (value != null) {
                labels.put(name, value);
            }
            if (labels.size() > SubmissionLimits.MAX_LABELS) {
                labels.remove(name);
                input.reject(
                        RejectionCode.INVALID_EVENT,
                        parent,
                        "labels",
                        "more than " + SubmissionLimits.MAX_LABELS + " labels");
            }
        }
        return labels;
    }
}
