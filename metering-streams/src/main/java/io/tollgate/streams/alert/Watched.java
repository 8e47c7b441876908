package io.tollgate.streams.alert;

import io.tollgate.quota.StateName;
import io.tollgate.quota.alert.CompiledRule;
import io.tollgate.schemas.CompositeKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule and one of those whom it looks at.
 *
 * @param definition of the rule: under another one it has said nothing yet
 * @param name of a quota's state, or of what the rule counts itself
 */
record Watched(String rule, String definition, StateName name) {

    static Watched of(CompiledRule rule, StateName name) {
        return new Watched(rule.id(), rule.definition(), name);
    }

    static Watched of(byte[] bytes) {
        List<@Nullable String> parts = CompositeKey.parts(bytes);
        StateName name = new StateName(text(parts, 2), text(parts, 3), parts.get(4), parts.get(5));
        return new Watched(text(parts, 0), text(parts, 1), name);
    }

    byte[] bytes() {
        return CompositeKey.of(rule, definition, name.company(), name.quota(), name.user(), name.key());
    }

    private static String text(List<@Nullable String> parts, int index) {
        return Objects.requireNonNull(parts.get(index));
    }
}
