package io.tollgate.quota;

import io.tollgate.avro.Hold;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.QuotaState;
import io.tollgate.schemas.CompositeKey;
import org.jspecify.annotations.Nullable;

/**
 * What a count belongs to: a quota (or an alert rule that counts for itself), and for whom of its scope it is.
 *
 * @param quota id of the quota or the rule
 * @param user where the scope tells users apart or names one, else null
 * @param key where the scope tells keys apart or names one, else null
 */
public record StateName(String company, String quota, @Nullable String user, @Nullable String key) {

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
