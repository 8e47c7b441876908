package io.tollgate.quota.alert;

import io.tollgate.quota.StateName;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.decimal.Decimal;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Ids that the same crossing always has: whoever takes an alert twice can tell. */
final class AlertId {
    private static final int BYTES = 16;

    private AlertId() {}

    static String of(CompiledRule rule, Decimal threshold, StateName name, Mark mark) {
        return "alt_"
                + digest(
                        rule.id(),
                        rule.definition(),
                        threshold.toString(),
                        name.company(),
                        name.quota(),
                        name.user(),
                        name.key(),
                        Long.toString(mark.window().start()),
                        Integer.toString(mark.number()),
                        mark.isOpen() ? null : "resolved");
    }

    /** Text of 22 characters that stands for all of the parts. */
    static String digest(@Nullable String... parts) {
        byte[] hash = EventHash.sha256(CompositeKey.of(parts));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    }
}
