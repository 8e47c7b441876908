package io.tollgate.sink.text;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An enumeration's words as the API and the database spell them: lower case, each made once. */
public final class Words {
    private static final Map<Enum<?>, String> SPELT = new ConcurrentHashMap<>();

    private Words() {}

    public static String of(Enum<?> value) {
        return SPELT.computeIfAbsent(value, word -> word.name().toLowerCase(Locale.ROOT));
    }
}
