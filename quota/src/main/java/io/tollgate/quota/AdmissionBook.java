package io.tollgate.quota;

import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The admissions of one gateway, kept true by what it reads from the topics.
 *
 * <p>What may be granted is what the limit leaves after used and reserved. Usage goes from reserved to used without ever
 * being in both or in neither: a settlement names the reservations that it is about and the version from which on the
 * states have their usage, so either of the two topics may be ahead and no clock is asked. Where something can't be
 * known, the hold stays until the reservation expires: that errs on the side of the limit.
 *
 * <p>It knows what this gateway granted at once, and what others granted as soon as their records are read: several
 * gateways may together go over a limit by what they grant in that while.
 */
public final class AdmissionBook implements Admissions {
    private final QuotaRules rules = new QuotaRules();
    private final Map<String, CompanyBook> companies = new ConcurrentHashMap<>();

    /** A quota was made, changed or removed. */
    public void quotaChanged(@Nullable Quota before, @Nullable Quota after) {
        // Holds first: one that is made in between is in old units and stays, instead of being in new ones and
        // forgotten.
        if (before != null && (after == null || !QuotaRule.countAlike(before, after))) {
            companies.values().forEach(company -> company.forget(before.getId()));
        }
        rules.change(before, after);
    }

    /** A record of {@code quota.states} was read; null takes the state out. */
    public void stateRead(StateName name, @Nullable QuotaState state) {
        company(name.company()).stateRead(name, state);
    }

    /** A record of {@code quota.settlements} was read. */
    public void settlementRead(QuotaSettlement settlement, long now) {
        company(settlement.getCompany()).settlementRead(settlement, now);
    }

    /** A record of {@code quota.reservations} was read that this gateway has not written since it started. */
    public void reservationRead(Reservation reservation, long now) {
        company(reservation.getCompany()).reservationRead(reservation, now);
    }

    /** Forgets what is over; to be called now and then. */
    public void expire(long now) {
        companies.values().forEach(company -> company.sweep(now));
    }

    /** Reservations that hold something, over all companies. */
    public int openReservations() {
        return companies.values().stream()
                .mapToInt(CompanyBook::openReservations)
                .sum();
    }

    @Override
    public Decision ask(Caller caller, Estimate estimate, Reservation draft, long now) {
        return company(caller.company()).ask(rules, caller, estimate, draft, now);
    }

    @Override
    public boolean release(String company, String reservation, long now) {
        CompanyBook book = companies.get(company);
        return book != null && book.release(reservation, now);
    }

    @Override
    public @Nullable Reservation find(String company, String reservation, long now) {
        CompanyBook book = companies.get(company);
        return book == null ? null : book.find(reservation, now);
    }

    @Override
    public List<QuotaView> standing(String company, Predicate<StateName> wanted, long now) {
        return company(company).standing(rules.of(company), wanted, now);
    }

    @Override
    public List<String> exceeded(Caller caller, long now) {
        CompanyBook book = companies.get(caller.company());
        return book == null ? List.of() : book.exceeded(rules, caller, now);
    }

    private CompanyBook company(String id) {
        return companies.computeIfAbsent(id, CompanyBook::new);
    }
}
