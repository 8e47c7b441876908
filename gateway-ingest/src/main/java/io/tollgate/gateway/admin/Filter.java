package io.tollgate.gateway.admin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to narrow a list, by a parameter of its query.
 *
 * @param name of the parameter
 * @param rule what a value must be, for people
 * @param reading what a value asks of a record; null: it is no such value
 */
record Filter<V>(String name, String rule, Function<String, @Nullable Predicate<V>> reading) {
    private static final List<String> FLAGS = List.of("true", "false");

    /** Records whose member is what is given, letter for letter. */
    static <V> Filter<V> equal(String name, Function<V, @Nullable String> member) {
        return new Filter<>(name, "a text", wanted -> record -> wanted.equals(member.apply(record)));
    }

    /** Records whose list has what is given. */
    static <V> Filter<V> among(String name, Function<V, List<String>> member) {
        return new Filter<>(
                name, "a text", wanted -> record -> member.apply(record).contains(wanted));
    }

    /** As {@link #equal}, and only values that there can be. */
    static <V> Filter<V> word(String name, Collection<String> words, Function<V, @Nullable String> member) {
        return new Filter<>(
                name,
                "one of " + words.stream().sorted().toList(),
                wanted -> words.contains(wanted) ? record -> wanted.equals(member.apply(record)) : null);
    }

    /** As {@link #word}, of an enum's values as JSON spells them. */
    static <V> Filter<V> value(
            String name, Collection<? extends Enum<?>> values, Function<V, ? extends Enum<?>> member) {
        return word(name, values.stream().map(Fields::word).toList(), record -> Fields.word(member.apply(record)));
    }

    /** {@code true} or {@code false}. */
    static <V> Filter<V> flag(String name, Predicate<V> member) {
        return word(name, FLAGS, record -> Boolean.toString(member.test(record)));
    }

    /** {@code label=team:search}. */
    static <V> Filter<V> label(Function<V, Map<String, String>> labels) {
        return new Filter<>(
                "label",
                "name:value, team:search say",
                wanted -> wanted.indexOf(':') < 0
                        ? null
                        : record -> labels.apply(record).entrySet().stream()
                                .anyMatch(label -> wanted.equals(label.getKey() + ":" + label.getValue())));
    }

    /** A parameter that the list looks at itself. */
    static <V> Filter<V> elsewhere(String name) {
        return new Filter<>(name, "", wanted -> record -> true);
    }
}
