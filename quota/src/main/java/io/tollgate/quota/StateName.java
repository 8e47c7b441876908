package io.tollgate.quota;

import io.tollgate.avro.Hold;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.QuotaState;
import io.tollgate.schemas.CompositeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a count belongs to: a quota (or an alert rule that counts for itself), and for whom of its scope it is.
 *
 * @param quota id of the quota or the rule
 * @param user where the scope tells users apart or names one, else null
 * @param key where the scope tells keys apart or names one, else null
 */
public record StateName(String company, String quota, @Nullable String user, @Nullable String key) {

    /** What {@link #bytes} were made of; null for any other bytes. */
    public static @Nullable StateName ofKey(byte[] key) {
        try {
            List<@Nullable String> parts = CompositeKey.parts(key);
            String company = parts.size() == 4 ? parts.get(0) : null;
            String quota = parts.size() == 4 ? parts.get(1) : null;
            return company == null || quota == null ? null : new StateName(company, quota, parts.get(2), parts.get(3));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static StateName of(QuotaState state) {
        return new StateName(state.getCompany(), state.getQuota(), state.getUser(), state.getKey());
    }

    public static StateName of(String company, Hold hold) {
        return new StateName(company, hold.getQuota(), hold.getUser(), hold.getKey());
    }

    public static StateName of(String company, MovedState moved) {
        return new StateName(company, moved.getQuota(), moved.getUser(), moved.getKey());
    }

    /** Key of its record in {@code quota.states}. */
    public byte[] bytes() {
        return CompositeKey.of(company, quota, user, key);
    }

    /** Key of the record in {@code quota.resets} that tells of a window's end, number 0, or of a reset by hand in it. */
    public byte[] resetKey(Window window, int number) {
        return CompositeKey.of(company, quota, user, key, Long.toString(window.start()), Integer.toString(number));
    }
}
