package io.tollgate.bench.loop;

import io.tollgate.avro.Quota;
import io.tollgate.avro.Reservation;
import io.tollgate.bench.load.Budgets;
import io.tollgate.quota.AdmissionBook;
import io.tollgate.quota.Admissions.Decision;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Estimate;
import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The decision alone, on four hard quotas that all apply; a call comes every millisecond by the loop's clock, and what
 * was granted is given back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmissionLoop {
    private static final long EVERY = 1_000;
    private static final long HELD = 60_000_000;

    private final AdmissionBook ample = book(Budgets.ample());
    private final AdmissionBook scarce = book(List.of(Budgets.scarce()));
    private final Caller[] callers = callers();
    private final Estimate estimate = new Estimate(
            Map.of("input", Decimal.of(1_200), "output", Decimal.of(800)),
            Decimal.of(2_000),
            Decimal.parse("0.011"),
            "USD");
    private long now = 1_800_000_000_000_000L;
    private long count;

    @Benchmark
    public boolean grantedAndGivenBack() {
        Reservation draft = draft();
        Decision ignored = ample.ask(caller(), estimate, draft, now);
        return ample.release(Budgets.COMPANY, draft.getId(), now);
    }

    @Benchmark
    public Decision denied() {
        return scarce.ask(caller(), estimate, draft(), now);
    }

    @Benchmark
    public List<String> exceededOfAnEvent() {
        return ample.exceeded(caller(), now);
    }

    private Caller caller() {
        return callers[(int) (count++ % callers.length)];
    }

    private Reservation draft() {
        now += EVERY;
        Reservation draft = new Reservation();
        draft.setId("rsv_" + now);
        draft.setCompany(Budgets.COMPANY);
        draft.setGateway("gw");
        draft.setHolds(List.of());
        draft.setGrantedAt(now);
        draft.setExpiresAt(now + HELD);
        return draft;
    }

    private static AdmissionBook book(List<Quota> quotas) {
        AdmissionBook book = new AdmissionBook();
        quotas.forEach(quota -> book.quotaChanged(null, quota));
        return book;
    }

    private static Caller[] callers() {
        Caller[] callers = new Caller[Budgets.USERS];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Caller(Budgets.COMPANY, "user-" + i, Budgets.AUTH_ID, "openai", "gpt-4o");
        }
        return callers;
    }
}
