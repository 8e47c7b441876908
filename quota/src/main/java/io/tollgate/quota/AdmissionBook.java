package io.tollgate.quota;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The admissions of one gateway, kept true by what it reads from the topics. */
@SuppressWarnings("DoNotCallSuggester")
public final class AdmissionBook implements Admissions {

    /** A quota was made, changed or removed. */
    public void quotaChanged(@Nullable Quota before, @Nullable Quota after) {
        throw new UnsupportedOperationException();
    }

    /** A record of {@code quota.states} was read; null takes the state out. */
    public void stateRead(StateName name, @Nullable QuotaState state) {
        throw new UnsupportedOperationException();
    }

    /** A record of {@code quota.settlements} was read. */
    public void settlementRead(QuotaSettlement settlement, long now) {
        throw new UnsupportedOperationException();
    }

    /** A record of {@code quota.reservations} was read that this gateway has not written since it started. */
    public void reservationRead(Reservation reservation, long now) {
        throw new UnsupportedOperationException();
    }

    /** Forgets what is over; to be called now and then. */
    public void expire(long now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Decision ask(Caller caller, Estimate estimate, Reservation draft, long now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean release(String company, String reservation, long now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Reservation find(String company, String reservation, long now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QuotaView> standing(String company, Predicate<StateName> wanted, long now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> exceeded(Caller caller, long now) {
        throw new UnsupportedOperationException();
    }
}
