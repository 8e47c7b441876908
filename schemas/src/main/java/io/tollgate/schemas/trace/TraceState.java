package io.tollgate.schemas.trace;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tracing systems say of a trace, one behind the other: {@code vendor=value,tenant@system=value}. */
final class TraceState {
    /** What every system has to pass on, by the standard; more than that is none of ours to carry about. */
    private static final int LONGEST = 512;

    private static final int MOST_MEMBERS = 32;
    private static final Pattern KEY =
            Pattern.compile("[a-z][-a-z0-9_*/]{0,255}|[a-z0-9][-a-z0-9_*/]{0,240}@[a-z][-a-z0-9_*/]{0,13}");
    /** Printable ASCII without comma and equals sign, its last character no blank. */
    private static final Pattern VALUE = Pattern.compile("[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

    private TraceState() {}

    /** As it came, or null: empty, too long, or wrong anywhere. */
    static @Nullable String valid(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            return null;
        }
        Set<String> keys = new HashSet<>();
        for (String part : text.split(",", -1)) {
            String member = part.strip();
            // The standard lets members be empty.
            if (!member.isEmpty() && !takes(member, keys)) {
                return null;
            }
        }
        return keys.isEmpty() || keys.size() > MOST_MEMBERS ? null : text.strip();
    }

    private static boolean takes(String member, Set<String> keys) {
        int equals = member.indexOf('=');
        return equals > 0
                && KEY.matcher(member.substring(0, equals)).matches()
                && VALUE.matcher(member.substring(equals + 1)).matches()
                && keys.add(member.substring(0, equals));
    }
}
