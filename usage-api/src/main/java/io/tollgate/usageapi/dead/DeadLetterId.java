package io.tollgate.usageapi.dead;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the original lies, {@code usage.inbox-3-17}: the dead letter's id. */
record DeadLetterId(String topic, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

    /** Null where it is none. */
    static @Nullable DeadLetterId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && text.indexOf('\0') < 0
                ? new DeadLetterId(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)))
                : null;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
