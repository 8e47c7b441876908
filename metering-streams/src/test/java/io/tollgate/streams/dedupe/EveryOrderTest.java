package io.tollgate.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.streams.Given;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All that can be said about one event, in every order that it can come in: the end is the same, and the rows lead to
 * it.
 */
class EveryOrderTest {
    private static final String ID = "req-1";

    /** One thing that happens; most are submissions. */
    private record Step(String name, boolean isSubmission, Consumer<EventUnderTest> happens) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Step USAGE = sent("usage", event -> event.send(Given.usage(ID, 1_000, 10)));
    private static final Step AGAIN = sent("the same again", event -> event.send(Given.usage(ID, 1_000, 10)));
    private static final Step AMEND = sent("amend", event -> event.send(Given.amend(ID, 2, 3_000, 10)));
    private static final Step LATER_AMEND = sent("later amend", event -> event.send(Given.amend(ID, 3, 4_000, 10)));
    private static final Step VOID = sent("void", event -> event.send(Given.voiding(ID)));
    private static final Step RERATE = sent("re-rate", event -> event.send(Given.rerating(ID)));
    private static final Step NEW_PRICE = new Step(
            "new price", false, event -> event.prices.put(Given.prices("gpt-4o", 2, "0.000007", Given.OUTPUT_PRICE)));

    @Test
    void whateverComesWithAVoidEndsInNothing() {
        for (List<Step> order : orders(List.of(USAGE, AGAIN, AMEND, LATER_AMEND, VOID, RERATE))) {
            EventUnderTest event = play(order);

            assertThat(sum(event.rows)).describedAs("%s", order).isZero();
            assertThat(requests(event.rows)).describedAs("%s", order).isZero();
            assertTrail(event, order);
        }
    }

    @Test
    void withoutAVoidTheLatestAmendHoldsByThePriceThatAReRatingMet() {
        for (List<Step> order : orders(List.of(USAGE, AGAIN, AMEND, LATER_AMEND, NEW_PRICE, RERATE))) {
            List<Step> ending =
                    Stream.concat(order.stream(), Stream.of(RERATE, RERATE)).toList();
            EventUnderTest event = play(ending);

            assertThat(sum(event.rows)).describedAs("%s", ending).isEqualByComparingTo("0.0281");
            assertThat(requests(event.rows)).describedAs("%s", ending).isEqualTo(1);
            assertThat(event.outcomes.get(event.outcomes.size() - 1).getOutcome())
                    .describedAs("%s", ending)
                    .isEqualTo(OutcomeKind.NO_EFFECT);
            assertTrail(event, ending);
        }
    }

    /**
     * Each row that takes one back names the one in force and is its exact negative; each that replaces one names it,
     * too.
     */
    private static void assertTrail(EventUnderTest event, List<Step> order) {
        RatedUsage inForce = null;
        Integer reversed = null;
        for (int i = 0; i < event.rows.size(); i++) {
            RatedUsage row = event.rows.get(i);
            assertThat(row.getSequence()).describedAs("%s", order).isEqualTo(i);
            if (row.getKind() == RowKind.REVERSAL) {
                assertThat(inForce).describedAs("%s", order).isNotNull();
                assertThat(row.getCorrects()).describedAs("%s", order).isEqualTo(inForce.getSequence());
                assertThat(sum(List.of(inForce, row))).describedAs("%s", order).isZero();
                reversed = inForce.getSequence();
                inForce = null;
            } else {
                assertThat(inForce).describedAs("%s", order).isNull();
                assertThat(row.getCorrects()).describedAs("%s", order).isEqualTo(reversed);
                assertThat(row.getKind() == RowKind.USAGE)
                        .describedAs("%s", order)
                        .isEqualTo(i == 0);
                inForce = row;
            }
        }
        assertOneFinalOutcomeEach(event, order);
    }

    private static void assertOneFinalOutcomeEach(EventUnderTest event, List<Step> order) {
        Map<Long, Integer> finals = new HashMap<>();
        for (Outcome outcome : event.outcomes) {
            if (outcome.getOutcome() != OutcomeKind.PENDING) {
                finals.merge(outcome.getEventsOffset(), 1, Integer::sum);
            }
        }
        event.rows.stream()
                .filter(row -> row.getKind() == RowKind.USAGE && row.getState() == RatingState.RATED)
                .forEach(row -> finals.merge(row.getEventsOffset(), 1, Integer::sum));
        assertThat(finals).describedAs("%s", order).hasSize((int)
                order.stream().filter(Step::isSubmission).count());
        assertThat(finals.values()).describedAs("%s", order).containsOnly(1);
    }

    private static EventUnderTest play(List<Step> order) {
        EventUnderTest event = new EventUnderTest();
        order.forEach(step -> step.happens().accept(event));
        return event;
    }

    private static List<List<Step>> orders(List<Step> steps) {
        if (steps.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Step>> orders = new ArrayList<>();
        for (Step first : steps) {
            List<Step> others = new ArrayList<>(steps);
            others.remove(first);
            for (List<Step> rest : orders(others)) {
                List<Step> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(Collections.unmodifiableList(order));
            }
        }
        return orders;
    }

    private static Step sent(String name, Consumer<EventUnderTest> happens) {
        return new Step(name, true, happens);
    }

    private static int requests(List<RatedUsage> rows) {
        return rows.stream().mapToInt(RatedUsage::getRequests).sum();
    }

    private static BigDecimal sum(List<RatedUsage> rows) {
        return rows.stream()
                .map(RatedUsage::getCost)
                .map(EveryOrderTest::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal number(@Nullable ExactDecimal value) {
        return value == null ? BigDecimal.ZERO : Decimals.fromAvro(value).toBigDecimal();
    }
}
