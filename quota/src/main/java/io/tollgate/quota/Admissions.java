package io.tollgate.quota;

import io.tollgate.avro.Reservation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may go ahead. All times are epoch µs and come from outside. Safe for use by many threads; nothing waits and nothing
 * is written: a granted reservation holds its amounts here at once, and whoever asked must see to it that the
 * reservation outlives this process before telling anybody.
 */
public interface Admissions {

    /**
     * Holds the estimate in every quota of the caller, or in none. A hard quota that it does not fit denies; nothing is
     * held then.
     *
     * @param draft the reservation to be, without holds; its id is new
     */
    Decision ask(Caller caller, Estimate estimate, Reservation draft, long now);

    /** Gives back what a reservation holds; false where it holds nothing (any more). */
    boolean release(String company, String reservation, long now);

    /** A reservation that has neither been released nor settled nor has expired; null where there is none. */
    @Nullable
    Reservation find(String company, String reservation, long now);

    /** How the company's quotas stand for those who have used or reserved anything in them, or are named by them. */
    List<QuotaView> standing(String company, Predicate<StateName> wanted, long now);

    /** Ids of the quotas that are exceeded for the caller; empty nearly always, and then without an allocation. */
    List<String> exceeded(Caller caller, long now);

    /** What {@link #ask} came to. */
    sealed interface Decision permits Granted, Denied, Unpriced {}

    /**
     * It may go ahead.
     *
     * @param reservation with its holds
     * @param quotas of the caller, the new holds included
     * @param wouldDeny ids of the shadow quotas that it did not fit
     */
    record Granted(Reservation reservation, List<QuotaView> quotas, List<String> wouldDeny) implements Decision {}

    /**
     * It does not fit.
     *
     * @param by the hard quota that said no; of several the one that resets last
     * @param quotas of the caller
     */
    record Denied(QuotaView by, List<QuotaView> quotas) implements Decision {}

    /** It has no price, and a hard quota on cost would not be one if it were let through. */
    record Unpriced(QuotaView by) implements Decision {}
}
