package io.tollgate.streams.dedupe;

import static io.tollgate.streams.dedupe.EventUnderTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.streams.Given;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every cell of the table in docs/architecture.md. */
class EntryDecisionTest {
    private static final String ID = "req-1";
    private static final AvroCodec<RatedUsage> CODEC =
            Codecs.settle(new FixedSchemaIds()).rated();

    private final EventUnderTest event = new EventUnderTest();

    @Nested
    class AnUnknownEvent {
        @Test
        void aUsageIsRated() {
            Decision decision = event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(decision)).isEmpty();
            RatedUsage row = decision.rows().get(0);
            assertThat(decision.rows()).hasSize(1);
            assertThat(row.getKind()).isEqualTo(RowKind.USAGE);
            assertThat(row.getCause()).isEqualTo(SubmissionKind.USAGE);
            assertThat(row.getState()).isEqualTo(RatingState.RATED);
            assertThat(row.getSequence()).isZero();
            assertThat(row.getCorrects()).isNull();
            assertThat(row.getRequests()).isEqualTo(1);
            assertThat(cost(row)).isEqualTo("0.0035");
            assertThat(row.getPriceVersion()).isEqualTo(1);
            assertThat(row.getAuthId()).isEqualTo("key_1");
            assertThat(row.getBookedAt()).isEqualTo(Given.micros(event.now));
            assertThat(row.getEventsPartition()).isEqualTo(EventUnderTest.PARTITION);
            assertThat(row.getEventsOffset()).isZero();
            assertThat(state()).isEqualTo(EntryState.LIVE);
        }

        @Test
        void aUsageWithoutAPriceIsUnpricedAndItsCostIsNull() {
            Decision decision = event.send(Given.usage(ID, Given.usageOf("no-such-model", Map.of("input", "5"))));

            assertThat(told(decision)).containsExactly("UNPRICED@0");
            assertThat(decision.outcomes().get(0).getCode()).isEqualTo("no_price");
            RatedUsage row = decision.rows().get(0);
            assertThat(row.getState()).isEqualTo(RatingState.UNPRICED);
            assertThat(row.getCost()).isNull();
            assertThat(state()).isEqualTo(EntryState.LIVE);
        }

        @Test
        void aUsageThatCountsNothingIsUsageMissing() {
            Decision decision = event.send(Given.usage(ID, Given.usageOf("gpt-4o", Map.of())));

            assertThat(told(decision)).containsExactly("USAGE_MISSING@0");
            assertThat(decision.rows()).hasSize(1);
        }

        @Test
        void anAmendWaits() {
            assertThat(told(event.send(Given.amend(ID, 2, 1, 1)))).containsExactly("PENDING@0");
            assertThat(state()).isEqualTo(EntryState.AMEND_PENDING);
        }

        @Test
        void anAmendThatCouldNotWinAgainstAnyUsageHasNoEffect() {
            assertThat(told(event.send(Given.amend(ID, 1, 1, 1)))).containsExactly("NO_EFFECT@0");
            assertThat(event.entry).isNull();
        }

        @Test
        void aVoidWaits() {
            assertThat(told(event.send(Given.voiding(ID)))).containsExactly("PENDING@0");
            assertThat(state()).isEqualTo(EntryState.VOID_PENDING);
        }

        @Test
        void aReratingIsUnmatched() {
            assertThat(told(event.send(Given.rerating(ID)))).containsExactly("UNMATCHED@0");
            assertThat(event.entry).isNull();
        }
    }

    @Nested
    class ALiveEvent {
        @Test
        void theSameUsageAgainIsADuplicate() {
            event.send(Given.usage(ID, 1_000, 100));
            Entry before = event.entry;

            assertThat(told(event.send(Given.usage(ID, 1_000, 100)))).containsExactly("DUPLICATE@1");
            assertThat(event.entry).isSameAs(before);
        }

        @Test
        void anotherUsageOfTheSameIdIsAConflict() {
            event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(event.send(Given.usage(ID, 2_000, 100)))).containsExactly("CONFLICT@1");
            assertThat(event.rows).hasSize(1);
        }

        @Test
        void anAmendReversesTheRowInForceAndPutsAnotherInItsPlace() {
            event.send(Given.usage(ID, 1_000, 100));
            Decision decision = event.send(Given.amend(ID, 2, 2_000, 100));

            assertThat(told(decision)).containsExactly("APPLIED@1");
            assertThat(decision.outcomes().get(0).getRevision()).isEqualTo(2);
            RatedUsage reversal = decision.rows().get(0);
            assertThat(reversal).isEqualTo(exactNegativeOf(event.rows.get(0), reversal));
            RatedUsage replacement = decision.rows().get(1);
            assertThat(replacement.getKind()).isEqualTo(RowKind.REPLACEMENT);
            assertThat(replacement.getSequence()).isEqualTo(2);
            assertThat(replacement.getCorrects()).isZero();
            assertThat(replacement.getRevision()).isEqualTo(2);
            assertThat(replacement.getReason()).isEqualTo("it was wrong");
            assertThat(cost(replacement)).isEqualTo("0.006");
        }

        @Test
        void anAmendKeepsOfTheCallWhatItDoesNotSay() {
            event.send(Given.usage(ID, 1_000, 100));
            RatedUsage original = event.rows.get(0);
            RatedUsage replacement =
                    event.send(Given.amend(ID, 2, 2_000, 100)).rows().get(1);

            assertThat(replacement.getEventTime()).isEqualTo(original.getEventTime());
            assertThat(replacement.getUser()).isEqualTo("user-42");
            assertThat(replacement.getLabels()).isEqualTo(Map.of("team", "search"));
            assertThat(replacement.getLatencyMs()).isEqualTo(812);
            assertThat(replacement.getAuthId()).isEqualTo("key_1");
        }

        @Test
        void anAmendOfARevisionThatIsNotHigherHasNoEffect() {
            event.send(Given.usage(ID, 1_000, 100));
            event.send(Given.amend(ID, 3, 2_000, 100));

            assertThat(told(event.send(Given.amend(ID, 3, 9, 9)))).containsExactly("NO_EFFECT@2");
            assertThat(told(event.send(Given.amend(ID, 2, 9, 9)))).containsExactly("NO_EFFECT@3");
        }

        @Test
        void theOriginalIsADuplicateAndNoConflictAfterAnAmend() {
            event.send(Given.usage(ID, 1_000, 100));
            event.send(Given.amend(ID, 2, 2_000, 100));

            assertThat(told(event.send(Given.usage(ID, 1_000, 100)))).containsExactly("DUPLICATE@2");
        }

        @Test
        void aVoidReversesTheRowInForceAndNotTheFirst() {
            event.send(Given.usage(ID, 1_000, 100));
            event.send(Given.amend(ID, 2, 2_000, 100));
            Decision decision = event.send(Given.voiding(ID));

            assertThat(told(decision)).containsExactly("APPLIED@2");
            RatedUsage reversal = decision.rows().get(0);
            assertThat(decision.rows()).hasSize(1);
            assertThat(reversal.getCorrects()).isEqualTo(2);
            assertThat(reversal.getSequence()).isEqualTo(3);
            assertThat(cost(reversal)).isEqualTo("-0.006");
            assertThat(state()).isEqualTo(EntryState.VOIDED);
        }

        @Test
        void aReversalIsOfTheKeptLinesWhateverThePriceIsNow() {
            event.send(Given.usage(ID, 1_000, 100));
            event.prices.put(Given.prices("gpt-4o", 2, "77", "99"));
            RatedUsage reversal = event.send(Given.voiding(ID)).rows().get(0);

            assertThat(reversal).isEqualTo(exactNegativeOf(event.rows.get(0), reversal));
        }

        @Test
        void aReratingUnderTheSamePricesHasNoEffect() {
            event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(event.send(Given.rerating(ID)))).containsExactly("NO_EFFECT@1");
        }

        @Test
        void aReratingUnderOtherPricesReversesAndReplaces() {
            event.send(Given.usage(ID, 1_000, 100));
            event.prices.put(Given.prices("gpt-4o", 2, "0.000005", Given.OUTPUT_PRICE));
            Decision decision = event.send(Given.rerating(ID));

            assertThat(told(decision)).containsExactly("APPLIED@1");
            assertThat(decision.rows()).extracting(EntryDecisionTest::cost).containsExactly("-0.0035", "0.006");
            assertThat(decision.rows()).extracting(RatedUsage::getRevision).containsExactly(1, 1);
            assertThat(decision.rows()).extracting(RatedUsage::getPriceVersion).containsExactly(1L, 2L);
        }

        @Test
        void aReratingOfARowThatIsNotInForceAnyMoreHasNoEffect() {
            event.send(Given.usage(ID, 1_000, 100));
            event.send(Given.amend(ID, 2, 2_000, 100));
            event.prices.put(Given.prices("gpt-4o", 2, "0.000005", Given.OUTPUT_PRICE));
            Submission first = Given.rerating(ID);
            first.setRow(0);
            Submission inForce = Given.rerating(ID);
            inForce.setRow(2);

            assertThat(told(event.send(first))).containsExactly("NO_EFFECT@2");
            assertThat(told(event.send(inForce))).containsExactly("APPLIED@3");
        }

        @Test
        void aReratingGivesAnUnpricedEventItsPrice() {
            event.send(Given.usage(ID, Given.usageOf("new-model", Map.of("input", "5"))));
            event.prices.put(Given.prices("new-model", 2, "0.1", "0.2"));
            Decision decision = event.send(Given.rerating(ID));

            assertThat(decision.rows().get(0).getCost()).isNull();
            assertThat(decision.rows().get(0).getState()).isEqualTo(RatingState.UNPRICED);
            assertThat(decision.rows().get(0).getRequests()).isEqualTo(-1);
            assertThat(cost(decision.rows().get(1))).isEqualTo("0.5");
        }
    }

    @Nested
    class AnEventWhoseAmendCameFirst {
        @Test
        void theUsageIsRatedAsAmended() {
            event.send(Given.amend(ID, 2, 2_000, 100));
            Decision decision = event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(decision)).containsExactly("APPLIED@0");
            RatedUsage row = decision.rows().get(0);
            assertThat(decision.rows()).hasSize(1);
            assertThat(row.getKind()).isEqualTo(RowKind.USAGE);
            assertThat(row.getCause()).isEqualTo(SubmissionKind.USAGE);
            assertThat(row.getEventsOffset()).isEqualTo(1);
            assertThat(row.getRevision()).isEqualTo(2);
            assertThat(cost(row)).isEqualTo("0.006");
            assertThat(told(event.send(Given.usage(ID, 1_000, 100)))).containsExactly("DUPLICATE@2");
        }

        @Test
        void onlyTheHighestRevisionCounts() {
            event.send(Given.amend(ID, 2, 2_000, 100));
            assertThat(told(event.send(Given.amend(ID, 4, 4_000, 100)))).containsExactly("NO_EFFECT@0", "PENDING@1");
            assertThat(told(event.send(Given.amend(ID, 3, 3_000, 100)))).containsExactly("NO_EFFECT@2");
            Decision decision = event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(decision)).containsExactly("APPLIED@1");
            assertThat(cost(decision.rows().get(0))).isEqualTo("0.011");
        }

        @Test
        void aVoidTakesItsPlace() {
            event.send(Given.amend(ID, 2, 2_000, 100));

            assertThat(told(event.send(Given.voiding(ID)))).containsExactly("NO_EFFECT@0", "PENDING@1");
            assertThat(state()).isEqualTo(EntryState.VOID_PENDING);
        }

        @Test
        void aReratingHasNoEffect() {
            event.send(Given.amend(ID, 2, 2_000, 100));

            assertThat(told(event.send(Given.rerating(ID)))).containsExactly("NO_EFFECT@1");
        }

        @Test
        void itIsGivenUpAfterADayByTheNextRecord() {
            event.send(Given.amend(ID, 2, 2_000, 100));
            event.waitFor(Duration.ofHours(24));
            Decision decision = event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(decision)).containsExactly("UNMATCHED@0");
            DeadLetter letter = decision.deadLetters().get(0);
            assertThat(letter.getOriginOffset()).isZero();
            assertThat(Objects.requireNonNull(letter.getOriginal()).get(0)).isZero();
            assertThat(cost(decision.rows().get(0))).isEqualTo("0.0035");
        }
    }

    @Nested
    class AnEventWhoseVoidCameFirst {
        @Test
        void theUsageIsCancelled() {
            event.send(Given.voiding(ID));
            Decision decision = event.send(Given.usage(ID, 1_000, 100));

            assertThat(told(decision)).containsExactly("CANCELLED@1", "APPLIED@0");
            assertThat(decision.rows()).isEmpty();
            assertThat(state()).isEqualTo(EntryState.VOIDED);
        }

        @Test
        void nothingElseHasAnEffect() {
            event.send(Given.voiding(ID));

            assertThat(told(event.send(Given.amend(ID, 2, 1, 1)))).containsExactly("NO_EFFECT@1");
            assertThat(told(event.send(Given.voiding(ID)))).containsExactly("NO_EFFECT@2");
            assertThat(told(event.send(Given.rerating(ID)))).containsExactly("NO_EFFECT@3");
            assertThat(state()).isEqualTo(EntryState.VOID_PENDING);
        }

        @Test
        void itIsGivenUpAfterADayAndNoSooner() {
            event.send(Given.voiding(ID));
            Entry waiting = Objects.requireNonNull(event.entry);
            long heldAt = Given.micros(event.now);
            long day = Duration.ofDays(1).toMillis() * 1_000;

            assertThat(EntryDecision.isOverdue(waiting, heldAt + day - 1)).isFalse();
            assertThat(EntryDecision.isOverdue(waiting, heldAt + day)).isTrue();
            event.record(EntryDecision.expire(waiting));

            assertThat(event.entry).isNull();
            assertThat(event.outcomes).extracting(Outcome::getOutcome).hasToString("[PENDING, UNMATCHED]");
            assertThat(event.deadLetters).extracting(DeadLetter::getCode).containsExactly("unmatched");
        }
    }

    @Test
    void aVoidedEventStaysVoided() {
        event.send(Given.usage(ID, 1_000, 100));
        event.send(Given.voiding(ID));

        assertThat(told(event.send(Given.usage(ID, 1_000, 100)))).containsExactly("DUPLICATE@2");
        assertThat(told(event.send(Given.usage(ID, 5, 5)))).containsExactly("DUPLICATE@3");
        assertThat(told(event.send(Given.amend(ID, 9, 1, 1)))).containsExactly("NO_EFFECT@4");
        assertThat(told(event.send(Given.voiding(ID)))).containsExactly("NO_EFFECT@5");
        assertThat(told(event.send(Given.rerating(ID)))).containsExactly("NO_EFFECT@6");
        assertThat(event.rows).hasSize(2);
    }

    @Test
    void anEventOlderThanItsIdIsRememberedIsDead() {
        Usage old = Given.usageOf("gpt-4o", Map.of("input", "1"));
        old.setEventTime(Given.micros(Given.NOW.minus(Duration.ofDays(36))));
        Decision decision = event.send(Given.usage(ID, old));

        assertThat(told(decision)).containsExactly("DEAD@0");
        assertThat(decision.deadLetters()).extracting(DeadLetter::getCode).containsExactly("timestamp_too_far_in_past");
        assertThat(event.entry).isNull();
    }

    @Test
    void aKindOfALaterVersionIsDeadAndChangesNothing() {
        event.send(Given.usage(ID, 1_000, 100));
        Entry before = event.entry;
        Submission unknown = Given.voiding(ID);
        unknown.setKind(SubmissionKind.UNKNOWN);

        assertThat(told(event.send(unknown))).containsExactly("DEAD@1");
        assertThat(event.entry).isSameAs(before);
    }

    private EntryState state() {
        return Objects.requireNonNull(event.entry).getState();
    }

    private static String cost(RatedUsage row) {
        return Decimals.fromAvro(Objects.requireNonNull(row.getCost())).toString();
    }

    /** What the reversal of {@code row} must be, but for what names the submission that caused it. */
    private static RatedUsage exactNegativeOf(RatedUsage row, RatedUsage reversal) {
        RatedUsage expected = CODEC.decode(CODEC.encode(row));
        expected.setKind(RowKind.REVERSAL);
        expected.setCorrects(row.getSequence());
        expected.setRequests(-1);
        expected.setSequence(row.getSequence() + 1);
        expected.setCause(reversal.getCause());
        expected.setReason(reversal.getReason());
        expected.setBookedAt(reversal.getBookedAt());
        expected.setEventsOffset(reversal.getEventsOffset());
        expected.setTokens(Given.decimal("-" + Decimals.fromAvro(row.getTokens())));
        expected.setCost(Given.decimal("-" + cost(row)));
        expected.setListCost(Given.decimal("-" + Decimals.fromAvro(Objects.requireNonNull(row.getListCost()))));
        expected.getLines().forEach(line -> {
            line.setQuantity(Given.decimal("-" + Decimals.fromAvro(line.getQuantity())));
            line.setCost(Given.decimal("-" + Decimals.fromAvro(Objects.requireNonNull(line.getCost()))));
            line.setListCost(Given.decimal("-" + Decimals.fromAvro(Objects.requireNonNull(line.getListCost()))));
        });
        return expected;
    }
}
