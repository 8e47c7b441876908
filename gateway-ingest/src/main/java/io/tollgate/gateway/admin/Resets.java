package io.tollgate.gateway.admin;

import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.quota.Periods;
import io.tollgate.quota.Window;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A quota's resets by hand: what may be reset, and which resets are remembered. Pure. */
final class Resets {
    /** A quota's record is in every partition, and each change writes it whole. */
    static final int MOST = 1_000;

    private Resets() {}

    /**
     * Reads a reset of a quota and notes what is wrong with it: only those whom the quota counts apart can be reset alone.
     *
     * @param now epoch µs
     */
    static ManualReset read(Fields fields, Quota quota, Known known, long now) {
        Scope scope = quota.getScope();
        String reason = fields.text("reason", SubmissionLimits.MAX_REASON);
        if (reason == null || reason.isBlank()) {
            fields.error("reason", "missing", "is required; it is kept beside what had been used");
        }
        String company = one(fields, "company", scope.getCompany());
        if (company != null && !fields.hasError("company")) {
            var unused = known.company(fields, company);
        }
        ManualReset reset = new ManualReset(
                nextNumber(quota),
                company,
                one(fields, "user", scope.getUser()),
                one(fields, "key", scope.getKey()),
                reason == null ? "" : reason,
                now);
        fields.refuseOthers();
        return reset;
    }

    /**
     * The resets of a quota after another one; those that no window reaches any more are left out. The last one stays
     * whatever its age: numbers only rise.
     *
     * @return null where there are too many already
     */
    static @Nullable List<ManualReset> with(Quota quota, Period period, ManualReset reset) {
        Window window = new Periods(period, ZoneId.of(quota.getTimezone())).at(reset.getAt());
        long reached = reset.getAt() - (window.end() - window.start());
        List<ManualReset> resets = new ArrayList<>(quota.getResets());
        resets.removeIf(old -> old.getAt() < reached);
        resets.add(reset);
        return resets.size() > MOST ? null : List.copyOf(resets);
    }

    private static int nextNumber(Quota quota) {
        return 1
                + quota.getResets().stream()
                        .mapToInt(ManualReset::getNumber)
                        .max()
                        .orElse(0);
    }

    private static @Nullable String one(Fields fields, String name, @Nullable String scoped) {
        String wanted = fields.text(name);
        if (wanted == null || ScopeJson.isEach(wanted)) {
            return null;
        }
        if (scoped == null) {
            fields.error(name, "invalid", "the quota has one count for every " + name + "; leave it out");
        } else if (!ScopeJson.isEach(scoped) && !scoped.equals(wanted)) {
            fields.error(name, "invalid", "the quota is for " + scoped + " alone");
        }
        return wanted;
    }
}
