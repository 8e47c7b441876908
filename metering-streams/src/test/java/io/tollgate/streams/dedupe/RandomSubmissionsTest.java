package io.tollgate.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.streams.Given;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random submissions about one event, against a model that only knows what the end must be. */
class RandomSubmissionsTest {
    private static final String ID = "req-1";
    private static final int RUNS = 400;
    private static final int LONGEST = 14;

    static LongStream seeds() {
        Long given = Long.getLong("seed");
        return given == null ? new Random().longs(RUNS) : LongStream.of(given);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theRowsSumUpToWhatTheEventIsInTheEnd(long seed) {
        Random random = new Random(seed);
        EventUnderTest event = new EventUnderTest();
        Model model = new Model();
        List<SubmissionKind> sent = new ArrayList<>();
        int length = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(10) == 0) {
                event.waitFor(Duration.ofHours(random.nextInt(30)));
            }
            Submission submission = submission(random);
            sent.add(submission.getKind());
            event.send(submission);
            model.take(submission, event.now.toEpochMilli());
        }
        giveUpWhatStillWaits(event);

        assertThat(event.rows.stream().mapToInt(RatedUsage::getRequests).sum()).isEqualTo(model.input == null ? 0 : 1);
        assertThat(sum(event.rows)).isEqualByComparingTo(model.cost());
        assertThat(sumOfInput(event.rows)).isEqualByComparingTo(model.input == null ? BigDecimal.ZERO : model.input);
        assertThat(event.rows).extracting(RatedUsage::getSequence).containsExactlyElementsOf(sequence(event.rows));
        eachReversalIsTheNegativeOfTheRowItNames(event.rows);
        eachSubmissionHasOneFinalOutcome(event, sent);
    }

    private static void giveUpWhatStillWaits(EventUnderTest event) {
        if (event.entry != null && event.entry.getHeld() != null) {
            event.record(EntryDecision.expire(event.entry));
        }
    }

    private static Submission submission(Random random) {
        long input = 1_000L * (1 + random.nextInt(2));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> Given.usage(ID, input, 10);
            case 3, 4 -> Given.amend(ID, 1 + random.nextInt(5), 3_000 + input, 10);
            case 5 -> Given.rerating(ID);
            default -> random.nextInt(3) == 0 ? Given.voiding(ID) : Given.usage(ID, input, 10);
        };
    }

    private static void eachReversalIsTheNegativeOfTheRowItNames(List<RatedUsage> rows) {
        for (RatedUsage row : rows) {
            if (row.getKind() == RowKind.REVERSAL) {
                Integer corrects = row.getCorrects();
                assertThat(corrects).isNotNull();
                RatedUsage corrected = rows.get(corrects);
                assertThat(corrected.getRequests()).isEqualTo(1);
                assertThat(sum(List.of(row, corrected))).isZero();
                assertThat(sumOfInput(List.of(row, corrected))).isZero();
            }
        }
    }

    private static void eachSubmissionHasOneFinalOutcome(EventUnderTest event, List<SubmissionKind> sent) {
        Map<Long, Integer> finals = new HashMap<>();
        for (Outcome outcome : event.outcomes) {
            if (outcome.getOutcome() != OutcomeKind.PENDING) {
                finals.merge(outcome.getEventsOffset(), 1, Integer::sum);
            }
        }
        for (RatedUsage row : event.rows) {
            if (row.getKind() == RowKind.USAGE && row.getState() == RatingState.RATED) {
                finals.merge(row.getEventsOffset(), 1, Integer::sum);
            }
        }
        assertThat(finals).hasSize(sent.size());
        assertThat(finals.values()).containsOnly(1);
    }

    private static List<Integer> sequence(List<RatedUsage> rows) {
        List<Integer> sequence = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            sequence.add(i);
        }
        return sequence;
    }

    private static BigDecimal sum(List<RatedUsage> rows) {
        return rows.stream()
                .map(RatedUsage::getCost)
                .map(RandomSubmissionsTest::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sumOfInput(List<RatedUsage> rows) {
        return rows.stream()
                .flatMap(row -> row.getLines().stream())
                .filter(line -> line.getDimension().equals("input"))
                .map(line -> number(line.getQuantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal number(@Nullable ExactDecimal value) {
        return value == null ? BigDecimal.ZERO : Decimals.fromAvro(value).toBigDecimal();
    }

    /** What an event is, told as simply as can be: the content of the highest revision, unless it is voided. */
    private static final class Model {
        private static final long DAY_MS = Duration.ofDays(1).toMillis();

        /** Input tokens that count in the end; null where the event does not. */
        @Nullable
        BigDecimal input;

        private boolean happened;
        private boolean voided;
        private int revision = 1;
        private @Nullable Submission waiting;
        private long waitingSince;

        void take(Submission submission, long now) {
            if (waiting != null && now >= waitingSince + DAY_MS) {
                waiting = null;
            }
            switch (submission.getKind()) {
                case USAGE -> happens(submission);
                case AMEND -> amended(submission, now);
                case VOID -> voids(submission, now);
                default -> {}
            }
        }

        private void happens(Submission usage) {
            if (happened) {
                return;
            }
            happened = true;
            input = inputOf(usage);
            if (waiting != null) {
                if (waiting.getKind() == SubmissionKind.VOID) {
                    voided = true;
                    input = null;
                } else {
                    revision = waiting.getRevision();
                    input = inputOf(waiting);
                }
                waiting = null;
            }
        }

        private void amended(Submission amend, long now) {
            if (happened && !voided && amend.getRevision() > revision) {
                revision = amend.getRevision();
                input = inputOf(amend);
            } else if (!happened && amend.getRevision() > 1) {
                boolean wins = waiting == null
                        || (waiting.getKind() == SubmissionKind.AMEND && amend.getRevision() > waiting.getRevision());
                if (wins) {
                    waiting = amend;
                    waitingSince = now;
                }
            }
        }

        private void voids(Submission voiding, long now) {
            if (happened) {
                voided = true;
                input = null;
            } else if (waiting == null || waiting.getKind() != SubmissionKind.VOID) {
                waiting = voiding;
                waitingSince = now;
            }
        }

        BigDecimal cost() {
            return input == null
                    ? BigDecimal.ZERO
                    : input.multiply(new BigDecimal(Given.INPUT_PRICE))
                            .add(BigDecimal.TEN.multiply(new BigDecimal(Given.OUTPUT_PRICE)));
        }

        private static BigDecimal inputOf(Submission submission) {
            return submission.getUsage().getDimensions().stream()
                    .filter(counted -> counted.getDimension().equals("input"))
                    .map(counted -> number(counted.getQuantity()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
