package io.tollgate.gateway.admin;

import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Quantities;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The members of a JSON object, read one by one; whatever is wrong is noted with its pointer, so that one answer names
 * all of it. A value that is wrong reads as absent.
 */
public final class Fields {
    private static final int MAX_TEXT = SubmissionLimits.MAX_TEXT;
    private static final int MAX_ENTRIES = 64;
    /** Of a price: what PostgreSQL and every client's decimals hold with ease. */
    private static final int MAX_DIGITS = 38;

    private final JsonNode node;
    private final String at;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();

    private Fields(JsonNode node, String at, List<FieldError> errors) {
        this.node = node;
        this.at = at;
        this.errors = errors;
        if (!node.isObject()) {
            errors.add(new FieldError(at, "invalid", "must be a JSON object"));
        }
    }

    /** The object at {@code at}, its errors noted in {@code errors}. */
    public static Fields of(JsonNode node, String at, List<FieldError> errors) {
        return new Fields(node, at, errors);
    }

    /** The body as a tree, or the problem that it is none. */
    public static Parsed parse(byte[] body) {
        try {
            JsonNode tree = Json.tree(body);
            return tree.isMissingNode()
                    ? new Parsed(NullNode.getInstance(), Problem.unreadable("unreadable_body", "the body is empty"))
                    : new Parsed(tree, null);
        } catch (JacksonException e) {
            String detail = "no JSON: " + Json.objection(e);
            return new Parsed(NullNode.getInstance(), Problem.unreadable("unreadable_body", detail));
        }
    }

    /**
     * A body that was read.
     *
     * @param problem null where the tree is the body's
     */
    public record Parsed(JsonNode tree, @Nullable Problem problem) {}

    /** Names of the members, in their order. */
    public Collection<String> names() {
        return node.isObject() ? node.propertyNames() : List.of();
    }

    /** Members that an answer shows and no request sets: taken, so that what was read can be sent back, and not looked at. */
    void shown(String... names) {
        known.addAll(List.of(names));
    }

    /** Notes what is wrong with something that is not in the body. */
    void objection(String code, String detail) {
        errors.add(new FieldError(null, code, detail));
    }

    /** The members of an object that is a member; null where it is absent, or none, which is noted. */
    public @Nullable Fields object(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isObject()) {
            error(name, "invalid", "must be a JSON object");
            return null;
        }
        return value == null ? null : new Fields(value, pointer(name), errors);
    }

    /** The elements of an array that is a member; none where it is absent, or no array, which is noted. */
    public List<JsonNode> array(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            error(name, "invalid", "must be an array");
        }
        return value == null || !value.isArray() ? List.of() : List.copyOf(value.values());
    }

    /** Notes a member that does not belong here, where it is given. */
    void refuse(String name, String why) {
        if (has(name)) {
            error(name, "invalid", why);
        }
    }

    /** Whether the member is there, and not null. */
    boolean has(String name) {
        return value(name) != null;
    }

    /** Called after the last member was read: what was not asked for is a typing error. */
    public void refuseOthers() {
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                if (!known.contains(name)) {
                    error(name, "unknown_member", "there is no such member here; known are " + sorted(known));
                }
            }
        }
    }

    /** Notes what is wrong with a member; only the first objection to it, since the others often follow from that. */
    public void error(String name, String code, String detail) {
        if (!hasError(name)) {
            errors.add(new FieldError(pointer(name), code, name + ": " + detail));
        }
    }

    /** Notes what is wrong with one element of a member that is an array. */
    void error(String name, int element, String code, String detail) {
        errors.add(new FieldError(pointer(name) + "/" + element, code, name + ": " + detail));
    }

    /** Whether anything was noted so far, here or elsewhere in the body. */
    boolean hasErrors() {
        return !errors.isEmpty();
    }

    boolean hasError(String name) {
        String pointer = pointer(name);
        return errors.stream().anyMatch(error -> pointer.equals(error.pointer()));
    }

    private String pointer(String name) {
        return at + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public @Nullable String text(String name) {
        return text(name, MAX_TEXT);
    }

    @Nullable
    String text(String name, int longest) {
        JsonNode value = value(name);
        return value == null ? null : text(name, value, longest);
    }

    private @Nullable String text(String name, JsonNode value, int longest) {
        if (!value.isString()) {
            error(name, "invalid", "must be a string");
            return null;
        }
        String text = value.stringValue();
        if (text.length() > longest) {
            error(name, "value_too_long", "at most " + longest + " characters");
            return null;
        }
        if (!SubmissionRules.isStorable(text)) {
            error(name, "invalid", "U+0000 and half a surrogate pair can't be stored");
            return null;
        }
        return text;
    }

    /** A text that must be there; empty (and noted) where it is not. */
    public String required(String name) {
        int before = errors.size();
        String text = text(name);
        if (text == null || text.isBlank()) {
            if (errors.size() == before) {
                error(name, "missing", "is required");
            }
            return "";
        }
        return text;
    }

    /**
     * One of some words, the names of an enum's values in small letters; null where it is absent.
     *
     * @param words those that are taken here
     */
    <E extends Enum<E>> @Nullable E word(String name, Collection<E> words) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        for (E word : words) {
            if (word(word).equals(text)) {
                return word;
            }
        }
        error(
                name,
                "invalid",
                "'" + text + "' must be one of "
                        + words.stream().map(Fields::word).toList());
        return null;
    }

    /** How JSON spells an enum's value. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    boolean flag(String name, boolean absent) {
        JsonNode value = value(name);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            error(name, "invalid", "must be true or false");
            return absent;
        }
        return value.booleanValue();
    }

    public @Nullable Decimal decimal(String name) {
        JsonNode value = value(name);
        return value == null ? null : decimal(name, value);
    }

    /** A number that is not negative, as exact as a price. */
    @Nullable
    Decimal amount(String name) {
        Decimal number = decimal(name);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0 || number.scale() > PriceItemRules.MAX_DECIMALS) {
            error(
                    name,
                    "invalid",
                    number.signum() < 0
                            ? number + " is negative"
                            : "has more than " + PriceItemRules.MAX_DECIMALS + " decimals");
            return null;
        }
        return number;
    }

    /** An array of numbers, or of strings that hold them; null where it is absent. */
    @Nullable
    List<Decimal> decimals(String name, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || value.size() > most) {
            error(name, "invalid", "must be an array of at most " + most + " numbers");
            return List.of();
        }
        List<Decimal> decimals = new ArrayList<>();
        Fields inner = elements(name);
        for (JsonNode element : value.values()) {
            Decimal number = inner.decimal(Integer.toString(decimals.size()), element);
            if (number == null) {
                return List.of();
            }
            decimals.add(number);
        }
        return decimals;
    }

    /** A whole number; null where it is absent. */
    public @Nullable Long whole(String name, long least, long most) {
        Decimal number = decimal(name);
        if (number == null) {
            return null;
        }
        boolean fits = number.scale() == 0
                && number.compareTo(Decimal.of(least)) >= 0
                && number.compareTo(Decimal.of(most)) <= 0;
        if (!fits) {
            error(name, "invalid", number + " must be a whole number from " + least + " to " + most);
            return null;
        }
        return number.unscaledLong();
    }

    private @Nullable Decimal decimal(String name, JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            error(name, "invalid", "must be a number, or a string that holds one");
            return null;
        }
        String text = numberText(value);
        Decimal number = Quantities.number(text);
        if (number == null) {
            error(name, "invalid", "'" + text + "' " + Quantities.objection(text));
        } else if (number.precision() > MAX_DIGITS) {
            error(name, "invalid", "has more than " + MAX_DIGITS + " digits");
            return null;
        }
        return number;
    }

    /** Whether the member is there, and null. */
    boolean isNull(String name) {
        JsonNode value = node.isObject() ? node.get(name) : null;
        return value != null && value.isNull();
    }

    /** Epoch µs. */
    @Nullable
    Long time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        long micros = Timestamps.parse(text);
        if (micros == Timestamps.INVALID) {
            error(name, "invalid", "must be an RFC 3339 time, 2026-11-21T10:00:00Z say");
            return null;
        }
        return micros;
    }

    /**
     * A time to come, epoch µs; one that is over is noted, unless it is what is there already.
     *
     * @param prior null: nothing is
     */
    @Nullable
    Long future(String name, @Nullable Long prior, long now) {
        Long at = time(name);
        if (at != null && at <= now && !at.equals(prior)) {
            error(name, "invalid", "must be in the future");
        }
        return at;
    }

    /** An object of strings; empty where it is absent. */
    Map<String, String> texts(String name) {
        JsonNode value = value(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (value == null) {
            return texts;
        }
        if (!value.isObject() || value.size() > MAX_ENTRIES) {
            error(name, "invalid", "must be an object of at most " + MAX_ENTRIES + " strings");
            return texts;
        }
        Fields inner = new Fields(value, pointer(name), errors);
        for (String key : value.propertyNames()) {
            String text = inner.text(key);
            if (key.isBlank() || key.length() > SubmissionLimits.MAX_NAME || !SubmissionRules.isStorable(key)) {
                error(name, "invalid", "a name has 1 to " + SubmissionLimits.MAX_NAME + " characters");
            } else if (text != null) {
                texts.put(key, text);
            }
        }
        return texts;
    }

    /** An array of strings; null where it is absent, or none, which is noted. */
    @Nullable
    List<String> list(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || value.size() > MAX_ENTRIES) {
            error(name, "invalid", "must be an array of at most " + MAX_ENTRIES + " strings");
            return null;
        }
        List<String> list = new ArrayList<>();
        Fields inner = elements(name);
        for (JsonNode element : value.values()) {
            String text = inner.text(Integer.toString(list.size()), element, MAX_TEXT);
            if (text == null) {
                return null;
            }
            list.add(text);
        }
        return list;
    }

    /** What errors of a member's elements are noted by. */
    private Fields elements(String name) {
        return new Fields(Json.MAPPER.createObjectNode(), pointer(name), errors);
    }

    /** The member, null where it is absent or null. */
    private @Nullable JsonNode value(String name) {
        known.add(name);
        JsonNode value = node.isObject() ? node.get(name) : null;
        return value == null || value.isNull() ? null : value;
    }

    /** Exponents stay exponents: written out, a short number could become a long one. */
    private static String numberText(JsonNode value) {
        return value.isString() ? value.stringValue() : value.numberValue().toString();
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
