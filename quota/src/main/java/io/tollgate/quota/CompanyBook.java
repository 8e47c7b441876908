package io.tollgate.quota;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.Hold;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import io.tollgate.quota.Admissions.Decision;
import io.tollgate.quota.Admissions.Denied;
import io.tollgate.quota.Admissions.Granted;
import io.tollgate.quota.Admissions.Unpriced;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines and open reservations of one company. One lock: whatever is decided is decided on all of its quotas as they
 * are at one moment, and nobody else's hold can come between the check and the hold.
 */
final class CompanyBook {
    /** A settlement whose reservation is not known is kept this long: another gateway's may be read after it. */
    private static final long STRANGERS_KEPT = micros(Duration.ofMinutes(10));
    /** Names of reservations come from producers: what they invent must not fill the memory. */
    private static final int MOST_STRANGERS = 10_000;
    /** For a state that was taken out and may come again: longer than a state is ever under way. */
    private static final long STATE_AWAITED = micros(Duration.ofMinutes(1));

    private final String company;
    private final Map<StateName, Line> lines = new HashMap<>();
    private final Map<String, Reservation> open = new HashMap<>();
    private final NavigableSet<Expiry> byExpiry =
            new TreeSet<>(Comparator.comparingLong(Expiry::at).thenComparing(Expiry::reservation));
    /** In the order in which they came. */
    private final Map<String, Stranger> strangers = new LinkedHashMap<>();
    /** Of lines that wait for a state. */
    private final Set<StateName> waiting = new HashSet<>();
    /** Changed under the lock, asked without it. */
    private final Set<StateName> exceeded = ConcurrentHashMap.newKeySet();

    private record Expiry(String reservation, long at) {}

    private record Stranger(QuotaSettlement settlement, long until) {}

    CompanyBook(String company) {
        this.company = company;
    }

    synchronized void stateRead(StateName name, @Nullable QuotaState state) {
        Line line = line(name);
        line.read(state);
        boolean ignored = line.saysExceeded() ? exceeded.add(name) : exceeded.remove(name);
        tidy(name, line);
    }

    synchronized void reservationRead(Reservation reservation, long now) {
        if (reservation.getReleased()) {
            release(reservation.getId(), now);
        } else if (reservation.getExpiresAt() > now && !open.containsKey(reservation.getId())) {
            hold(reservation);
            Stranger known = strangers.remove(reservation.getId());
            if (known != null) {
                settle(reservation.getId(), known.settlement, now);
            }
        }
    }

    synchronized void settlementRead(QuotaSettlement settlement, long now) {
        for (String reservation : settlement.getReservations()) {
            if (open.containsKey(reservation)) {
                settle(reservation, settlement, now);
            } else {
                strangers.putIfAbsent(reservation, new Stranger(settlement, now + STRANGERS_KEPT));
                forgetStrangers(oldest -> strangers.size() > MOST_STRANGERS);
            }
        }
    }

    synchronized Decision ask(QuotaRules rules, Caller caller, Estimate estimate, Reservation draft, long now) {
        expire(now);
        List<QuotaView> views = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        List<String> wouldDeny = new ArrayList<>();
        QuotaView denial = null;
        for (QuotaRule rule : rules.of(company)) {
            if (!rule.scope().matches(caller)) {
                continue;
            }
            StateName name = rule.scope().nameOf(rule.quota().getId(), caller);
            QuotaView view = view(rule, name, lines.getOrDefault(name, new Line()), now);
            boolean hard = rule.is(Enforcement.HARD);
            if (hard && estimate.cost() == null && rule.metric().name().equals(Metric.COST)) {
                return new Unpriced(view);
            }
            Decimal amount = rule.isConcurrent() ? Decimal.ONE : rule.metric().of(estimate);
            if (!fits(view, amount, estimate)) {
                if (hard) {
                    denial = denial == null || view.resetsAt() > denial.resetsAt() ? view : denial;
                } else if (rule.is(Enforcement.SHADOW)) {
                    wouldDeny.add(rule.quota().getId());
                }
            }
            views.add(view);
            if (amount.signum() > 0) {
                holds.add(new Hold(name.quota(), name.user(), name.key(), Decimals.toAvro(amount)));
            }
        }
        if (denial != null) {
            return new Denied(denial, views);
        }
        Reservation granted =
                Reservation.newBuilder(draft).setHolds(holds).setReleased(false).build();
        hold(granted);
        return new Granted(granted, withHolds(views), wouldDeny);
    }

    synchronized boolean release(String reservation, long now) {
        expire(now);
        Reservation gone = close(reservation);
        if (gone == null) {
            return false;
        }
        forEachLine(gone, Line::letGo);
        return true;
    }

    synchronized @Nullable Reservation find(String reservation, long now) {
        expire(now);
        return open.get(reservation);
    }

    synchronized List<QuotaView> standing(List<QuotaRule> rules, Predicate<StateName> wanted, long now) {
        expire(now);
        Map<String, QuotaRule> byId = new HashMap<>();
        Set<StateName> names = new HashSet<>(lines.keySet());
        for (QuotaRule rule : rules) {
            byId.put(rule.quota().getId(), rule);
            rule.scope().nameIfOne(company, rule.quota().getId()).ifPresent(names::add);
        }
        List<QuotaView> views = new ArrayList<>();
        for (StateName name : names) {
            QuotaRule rule = byId.get(name.quota());
            if (rule != null && wanted.test(name)) {
                views.add(view(rule, name, lines.getOrDefault(name, new Line()), now));
            }
        }
        return views;
    }

    /** Without the lock, but for those who may have exceeded one: asked for every event. */
    List<String> exceeded(QuotaRules rules, Caller caller, long now) {
        if (exceeded.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (QuotaRule rule : rules.of(company)) {
            if (rule.scope().matches(caller)) {
                StateName name = rule.scope().nameOf(rule.quota().getId(), caller);
                if (exceeded.contains(name) && isExceeded(rule, name, now)) {
                    ids.add(rule.quota().getId());
                }
            }
        }
        return ids;
    }

    private synchronized boolean isExceeded(QuotaRule rule, StateName name, long now) {
        Line line = lines.get(name);
        return line != null && line.isExceeded(rule, now);
    }

    synchronized void expire(long now) {
        while (!byExpiry.isEmpty() && byExpiry.first().at <= now) {
            Reservation over = close(byExpiry.first().reservation);
            if (over != null) {
                forEachLine(over, Line::letGo);
            }
        }
        forgetStrangers(stranger -> stranger.until <= now);
    }

    /** Also what nobody asks about any more. */
    synchronized void sweep(long now) {
        expire(now);
        for (StateName name : List.copyOf(waiting)) {
            Line line = lines.get(name);
            if (line != null) {
                line.expire(now);
                tidy(name, line);
            }
        }
    }

    /**
     * The quota counts something else now, or nothing: what was held is in no unit of it. The states stay, for they may be
     * of the new quota already: the topology writes each anew or takes it out.
     */
    synchronized void forget(String quota) {
        lines.forEach((name, line) -> {
            if (name.quota().equals(quota)) {
                line.letGoOfAll();
            }
        });
        lines.values().removeIf(Line::isEmpty);
        waiting.removeIf(name -> name.quota().equals(quota));
        open.replaceAll((id, reservation) -> without(quota, reservation));
    }

    synchronized int openReservations() {
        return open.size();
    }

    private void hold(Reservation reservation) {
        open.put(reservation.getId(), reservation);
        byExpiry.add(new Expiry(reservation.getId(), reservation.getExpiresAt()));
        for (Hold hold : reservation.getHolds()) {
            line(StateName.of(company, hold)).hold(Decimals.fromAvro(hold.getAmount()));
        }
    }

    private @Nullable Reservation close(String id) {
        Reservation closed = open.remove(id);
        if (closed != null) {
            byExpiry.remove(new Expiry(id, closed.getExpiresAt()));
        }
        return closed;
    }

    private void forgetStrangers(Predicate<Stranger> over) {
        Iterator<Stranger> oldestFirst = strangers.values().iterator();
        while (oldestFirst.hasNext() && over.test(oldestFirst.next())) {
            oldestFirst.remove();
        }
    }

    private void settle(String id, QuotaSettlement settlement, long now) {
        Reservation settled = close(id);
        if (settled == null) {
            return;
        }
        Map<StateName, MovedState> moved = new HashMap<>();
        for (MovedState state : settlement.getMoved()) {
            moved.put(StateName.of(company, state), state);
        }
        long until = Math.max(settled.getExpiresAt(), now + STATE_AWAITED);
        for (Hold hold : settled.getHolds()) {
            StateName name = StateName.of(company, hold);
            Line line = lines.get(name);
            Decimal amount = Decimals.fromAvro(hold.getAmount());
            if (line == null) {
                continue;
            }
            MovedState state = moved.get(name);
            if (state == null) {
                line.letGo(amount);
            } else {
                line.settle(amount, settlement.getVersion(), state.getWindowStart(), until);
            }
            tidy(name, line);
        }
    }

    private void forEachLine(Reservation reservation, BiConsumer<Line, Decimal> what) {
        for (Hold hold : reservation.getHolds()) {
            StateName name = StateName.of(company, hold);
            Line line = lines.get(name);
            if (line != null) {
                what.accept(line, Decimals.fromAvro(hold.getAmount()));
                tidy(name, line);
            }
        }
    }

    private Line line(StateName name) {
        return lines.computeIfAbsent(name, absent -> new Line());
    }

    private void tidy(StateName name, Line line) {
        boolean ignored = line.isWaiting() ? waiting.add(name) : waiting.remove(name);
        if (line.isEmpty()) {
            lines.remove(name);
        }
    }

    private static boolean fits(QuotaView view, Decimal amount, Estimate estimate) {
        Decimal taken = view.standing().used().plus(view.reserved()).plus(amount);
        int order = taken.compareTo(view.standing().limit());
        // Who does not say what it will use gets nothing where nothing is left.
        boolean unknown = amount.isZero() && estimate.dimensions().isEmpty();
        return unknown ? order < 0 : order <= 0;
    }

    private static QuotaView view(QuotaRule rule, StateName name, Line line, long now) {
        line.expire(now);
        return new QuotaView(
                rule.quota(),
                name,
                line.window(rule, now),
                Standing.of(rule.quota(), line.used(rule, now), now),
                line.reserved(),
                line.resetsAt(rule, now));
    }

    private List<QuotaView> withHolds(List<QuotaView> views) {
        List<QuotaView> now = new ArrayList<>(views.size());
        for (QuotaView view : views) {
            Line line = lines.get(view.name());
            now.add(
                    line == null
                            ? view
                            : new QuotaView(
                                    view.quota(),
                                    view.name(),
                                    view.window(),
                                    view.standing(),
                                    line.reserved(),
                                    view.resetsAt()));
        }
        return now;
    }

    private static Reservation without(String quota, Reservation reservation) {
        if (reservation.getHolds().stream().noneMatch(hold -> hold.getQuota().equals(quota))) {
            return reservation;
        }
        List<Hold> others = reservation.getHolds().stream()
                .filter(hold -> !hold.getQuota().equals(quota))
                .toList();
        return Reservation.newBuilder(reservation).setHolds(others).build();
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }
}
