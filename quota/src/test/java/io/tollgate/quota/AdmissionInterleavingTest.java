package io.tollgate.quota;

import static io.tollgate.quota.Given.COMPANY;
import static io.tollgate.quota.Given.SECOND;
import static io.tollgate.quota.Given.quota;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.MovedState;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.Reservation;
import io.tollgate.quota.Admissions.Decision;
import io.tollgate.quota.Admissions.Granted;
import io.tollgate.schemas.decimal.Decimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * A gateway, the topology behind it, and the two topics between them, each of which may be read at any pace: thousands of
 * orders in which things can happen. Whatever the order, nothing is granted that does not fit beside what was used and
 * what is still out, and once everything has been read nothing is held that is not out.
 */
class AdmissionInterleavingTest {
    private static final int STEPS = 400;
    private static final int RUNS = 60;
    private static final long HOLD = 600 * SECOND;

    @RepeatedTest(20)
    void neverMoreIsOutThanTheLimitLeaves() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AdmissionInterleavingTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            World world = new World(random);
            for (int step = 0; step < STEPS; step++) {
                world.step(seed);
            }
            world.readEverything(seed);
        }
    }

    @Test
    void manyThreadsTogetherGetNoMoreThanThereIs() throws InterruptedException {
        AdmissionBook book = new AdmissionBook();
        book.quotaChanged(null, Given.budget("day", "1").build());
        List<Thread> threads = new ArrayList<>();
        List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 200; i++) {
            String id = "rsv_" + i;
            threads.add(new Thread(() -> decisions.add(
                    book.ask(Given.caller(null, null), Given.dollars("0.03"), Given.draft(id, Given.NOW), Given.NOW))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(decisions.stream().filter(Granted.class::isInstance)).hasSize(33);
        assertThat(decisions).hasSize(200);
    }

    /** One quota of 100 requests' tokens a minute for the whole company, and what truly happens to it. */
    private static final class World {
        private static final StateName NAME = new StateName(COMPANY, "minute", null, null);

        private final Random random;
        private final Quota quota;
        private final Periods minutes;
        private AdmissionBook gateway;

        private long now = Given.NOW;
        private int next;
        private long version;
        /** What the topology has counted, by the start of the window. */
        private final Map<Long, Long> used = new HashMap<>();
        /** Granted, and neither processed by the topology nor released nor expired. */
        private final Map<String, Out> out = new HashMap<>();

        /** Events on their way to the topology. */
        private final List<Event> events = new ArrayList<>();

        private final List<QuotaState> states = new ArrayList<>();
        private int statesRead;
        private final List<QuotaSettlement> settlements = new ArrayList<>();
        private int settlementsRead;
        private final List<Reservation> reservations = new ArrayList<>();

        private record Out(Reservation reservation, long amount) {
            String id() {
                return reservation.getId();
            }
        }

        private record Event(Reservation of, long tokens, long time) {
            String reservation() {
                return of.getId();
            }
        }

        World(Random random) {
            this.random = random;
            quota = quota("minute", Metric.TOKENS, "100")
                    .setPeriod(Given.period(PeriodKind.MINUTE))
                    .build();
            minutes = new Periods(quota.getPeriod(), ZoneOffset.UTC);
            gateway = started();
        }

        void step(long seed) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> ask(seed);
                case 3, 4 -> use();
                case 5, 6 -> count();
                case 7, 8 -> readState();
                case 9 -> readSettlement();
                case 10 -> release();
                default -> {
                    if (random.nextInt(20) == 0) {
                        restart();
                    } else {
                        pass(random.nextInt(10) == 0 ? HOLD / 2 : random.nextLong(20) * SECOND);
                    }
                }
            }
        }

        private void ask(long seed) {
            long amount = random.nextLong(1, 41);
            String id = "rsv_" + next++;
            Decision decision =
                    gateway.ask(Given.caller(null, null), Given.tokens(amount), Given.draft(id, now, now + HOLD), now);
            if (decision instanceof Granted granted) {
                Reservation reservation = granted.reservation();
                out.put(id, new Out(reservation, amount));
                reservations.add(reservation);
                long outside = out.values().stream().mapToLong(Out::amount).sum();
                long inWindow = used.getOrDefault(minutes.at(now).start(), 0L);
                assertThat(outside + inWindow).as("seed %d", seed).isLessThanOrEqualTo(100);
            }
        }

        /** The call was made: its event is sent, with no more than was estimated. */
        private void use() {
            List<Out> unused = unused();
            if (!unused.isEmpty()) {
                Out one = unused.get(random.nextInt(unused.size()));
                // Now and then by a clock that is ahead.
                long ahead = random.nextInt(5) == 0 ? 70 * SECOND : 0;
                events.add(new Event(one.reservation, 1 + random.nextLong(one.amount), now + ahead));
            }
        }

        private List<Out> unused() {
            return out.values().stream()
                    .filter(one -> events.stream()
                            .noneMatch(event -> event.reservation().equals(one.id())))
                    .toList();
        }

        /** The topology takes one event: state and settlement in one transaction. */
        private void count() {
            if (events.isEmpty()) {
                return;
            }
            Event event = events.remove(random.nextInt(events.size()));
            Window window = minutes.at(event.time);
            version++;
            long total = used.getOrDefault(window.start(), 0L) + event.tokens;
            used.put(window.start(), total);
            Window current = minutes.at(now);
            Long begins = window.start() > current.start() ? window.start() : null;
            if (begins == null && window.start() == current.start()) {
                states.add(Given.state(quota, NAME, Long.toString(total), version, window));
            }
            List<MovedState> moved = window.start() >= current.start()
                    ? List.of(new MovedState("minute", null, null, begins))
                    : List.of();
            settlements.add(new QuotaSettlement(COMPANY, version, List.of(event.reservation()), moved));
            out.remove(event.reservation());
        }

        private void readState() {
            if (statesRead < states.size()) {
                gateway.stateRead(NAME, states.get(statesRead++));
            }
        }

        private void readSettlement() {
            if (settlementsRead < settlements.size()) {
                gateway.settlementRead(settlements.get(settlementsRead++), now);
            }
        }

        private void release() {
            List<Out> unused = unused();
            if (!unused.isEmpty()) {
                Out one = unused.get(random.nextInt(unused.size()));
                out.remove(one.id());
                assertThat(gateway.release(COMPANY, one.id(), now)).isTrue();
                reservations.add(Reservation.newBuilder(one.reservation)
                        .setReleased(true)
                        .setHolds(List.of())
                        .build());
            }
        }

        /** Events whose reservation would expire first are counted: usage after that is usage without admission. */
        private void pass(long time) {
            long later = now + time;
            while (events.stream().anyMatch(event -> event.of.getExpiresAt() <= later)) {
                count();
            }
            begin(minutes.at(later));
            now = later;
            out.values().removeIf(one -> one.reservation.getExpiresAt() <= now);
        }

        /** A state moves on with its window, to what was counted ahead of time for the new one. */
        private void begin(Window window) {
            if (window.start() > minutes.at(now).start()) {
                long counted = used.getOrDefault(window.start(), 0L);
                states.add(Given.state(quota, NAME, Long.toString(counted), ++version, window));
            }
        }

        /** A new gateway reads reservations first, then the rest as far as it goes: all of it. */
        private void restart() {
            gateway = started();
            reservations.forEach(reservation -> gateway.reservationRead(reservation, now));
            if (!states.isEmpty()) {
                gateway.stateRead(NAME, states.get(states.size() - 1));
            }
            settlements.forEach(settlement -> gateway.settlementRead(settlement, now));
            statesRead = states.size();
            settlementsRead = settlements.size();
        }

        void readEverything(long seed) {
            while (!events.isEmpty()) {
                count();
            }
            // Longer than any event is ahead; what no state came for is let go of after a minute.
            pass(80 * SECOND);
            gateway.expire(now);
            while (statesRead < states.size()) {
                readState();
            }
            while (settlementsRead < settlements.size()) {
                readSettlement();
            }
            long outside = out.values().stream().mapToLong(Out::amount).sum();
            Decimal held = gateway.standing(COMPANY, name -> true, now).get(0).reserved();
            assertThat(held).as("seed %d", seed).isEqualTo(Decimal.of(outside));
            assertThat(gateway.openReservations()).as("seed %d", seed).isEqualTo(out.size());
        }

        private AdmissionBook started() {
            AdmissionBook book = new AdmissionBook();
            book.quotaChanged(null, quota);
            return book;
        }
    }
}
