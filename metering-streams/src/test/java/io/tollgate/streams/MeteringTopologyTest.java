package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeteringTopologyTest {
    private static final byte[] POISON = "{\"not\":\"avro\"}".getBytes(StandardCharsets.UTF_8);

    private MeteringDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new MeteringDriver(stateDir);
        driver.price(Given.prices());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void anInboxRecordGetsTheEventsKeyAndFingerprint() {
        Submission sent = Given.usage("req-1", 1_000, 100);
        sent.setFingerprint(4711);
        driver.inbox(null, sent);

        TestRecord<byte[], byte[]> record = driver.records(Topics.USAGE_EVENTS).get(0);
        assertThat(record.key()).isEqualTo(EventHash.of(Given.COMPANY, Given.SOURCE, "req-1"));
        assertThat(driver.codecs.events().decode(record.value())).isEqualTo(Given.usage("req-1", 1_000, 100));
        assertThat(driver.rated()).hasSize(1);
    }

    @Test
    void eachOutcomeIsCountedUnderItsName() {
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.event(Given.usage("req-1", 1_000, 200));
        driver.event(Given.voiding("req-1"));
        driver.event(Given.voiding("req-2"));

        assertThat(Map.of(
                        "rated", counted("rated"),
                        "duplicate", counted("duplicate"),
                        "conflict", counted("conflict"),
                        "applied", counted("applied"),
                        "pending", counted("pending"),
                        "unpriced", counted("unpriced")))
                .isEqualTo(Map.of(
                        "rated",
                        1.0,
                        "duplicate",
                        1.0,
                        "conflict",
                        1.0,
                        "applied",
                        1.0,
                        "pending",
                        1.0,
                        "unpriced",
                        0.0));
    }

    private double counted(String outcome) {
        return driver.meters
                .get("tollgate.outcomes")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void anEventThatComesByHttpAndByKafkaCountsOnce() {
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.inbox(new byte[] {7}, Given.usage("req-1", 1_000, 100));

        assertThat(driver.rated()).hasSize(1);
        assertThat(driver.outcomes()).extracting(Outcome::getOutcome).containsExactly(OutcomeKind.DUPLICATE);
    }

    @Test
    void anInboxRecordThatHttpWouldRefuseIsDead() {
        Submission old = Given.usage("req-1", 1, 1);
        Objects.requireNonNull(old.getUsage()).setEventTime(Given.micros(Given.NOW.minus(Duration.ofDays(35))));
        driver.inbox(new byte[] {7}, old);

        TestRecord<byte[], byte[]> record = driver.records(Topics.USAGE_DEAD).get(0);
        DeadLetter letter = driver.codecs.dead().decode(record.value());
        assertThat(record.key()).containsExactly(7);
        assertThat(letter.getCode()).isEqualTo("timestamp_too_far_in_past");
        assertThat(letter.getOriginTopic()).isEqualTo("usage.inbox");
        assertThat(letter.getCompany()).isEqualTo(Given.COMPANY);
        assertThat(letter.getOriginal())
                .isEqualTo(ByteBuffer.wrap(driver.codecs.inbox().encode(old)));
        assertThat(driver.records(Topics.USAGE_EVENTS)).isEmpty();
    }

    @Test
    void anIdIsRememberedOverTheEdgeOfAGeneration() {
        driver.event(untimed("req-1"));
        for (int day = 1; day <= 35; day++) {
            driver.now = Given.NOW.plus(Duration.ofDays(day));
            driver.event(untimed("req-1"));
        }

        assertThat(driver.rated()).hasSize(1);
        assertThat(driver.outcomes())
                .hasSize(35)
                .extracting(Outcome::getOutcome)
                .containsOnly(OutcomeKind.DUPLICATE);
    }

    @Test
    void anIdIsForgottenAfterTwoGenerations() {
        driver.event(untimed("req-1"));
        driver.now = Given.NOW.plus(Duration.ofDays(71));
        driver.event(untimed("req-1"));

        assertThat(driver.rated()).hasSize(2);
    }

    @Test
    void anEntryThatMovesOnInTheNextGenerationIsFoundThere() {
        driver.event(untimed("req-1"));
        driver.now = Given.NOW.plus(Duration.ofDays(34));
        driver.event(Given.amend("req-1", 2, 7, 7));
        driver.event(Given.amend("req-1", 2, 7, 7));
        driver.event(Given.voiding("req-1"));

        assertThat(driver.rated()).extracting(RatedUsage::getSequence).containsExactly(0, 1, 2, 3);
        assertThat(driver.outcomes())
                .extracting(Outcome::getOutcome)
                .containsExactly(OutcomeKind.APPLIED, OutcomeKind.NO_EFFECT, OutcomeKind.APPLIED);
    }

    @Test
    void aBrokersClockThatIsSetBackTwoGenerationsBringsNothingBack() {
        driver.now = Given.NOW.plus(Duration.ofDays(80));
        driver.event(untimed("req-1"));
        driver.now = Given.NOW;
        driver.event(untimed("req-1"));
        driver.event(untimed("req-1"));

        assertThat(driver.rated()).hasSize(1);
        assertThat(driver.outcomes()).hasSize(2).extracting(Outcome::getOutcome).containsOnly(OutcomeKind.DUPLICATE);
    }

    @Test
    void aPriceChangeHoldsForWhatComesAfterIt() {
        driver.event(Given.usage("req-1", 1_000, 0));
        driver.price(Given.prices("gpt-4o", 2, "0.000005", Given.OUTPUT_PRICE));
        driver.event(Given.usage("req-2", 1_000, 0));
        driver.send(Topics.CONFIG_PRICES, PriceKey.of(Given.prices()), null);
        driver.event(Given.usage("req-3", 1_000, 0));

        assertThat(driver.rated()).extracting(MeteringTopologyTest::cost).containsExactly("0.0025", "0.005", "none");
        assertThat(driver.outcomes()).extracting(Outcome::getOutcome).containsExactly(OutcomeKind.UNPRICED);
    }

    @Test
    void anUnknownModelIsUnpricedAndItsCostIsNull() {
        driver.event(Given.usage("req-1", Given.usageOf("no-such-model", Map.of("input", "5"))));

        RatedUsage row = driver.rated().get(0);
        assertThat(row.getState()).isEqualTo(RatingState.UNPRICED);
        assertThat(row.getCost()).isNull();
        assertThat(driver.outcomes()).extracting(Outcome::getOutcome).containsExactly(OutcomeKind.UNPRICED);
    }

    @Test
    void aCorrectionIsGivenUpWhenItsPartitionIsADayOn() {
        driver.event(Given.voiding("req-1"));
        driver.now = Given.NOW.plus(Duration.ofHours(24)).minusMillis(1);
        driver.event(untimed("other"));
        driver.idle(Duration.ofSeconds(2));
        assertThat(driver.dead()).isEmpty();

        driver.now = Given.NOW.plus(Duration.ofHours(24));
        driver.event(untimed("another"));
        driver.idle(Duration.ofSeconds(2));

        assertThat(driver.dead()).extracting(DeadLetter::getCode).containsExactly("unmatched");
        assertThat(driver.outcomes())
                .extracting(Outcome::getOutcome)
                .containsExactly(OutcomeKind.PENDING, OutcomeKind.UNMATCHED);
        driver.event(untimed("req-1"));
        assertThat(driver.rated()).hasSize(3);
    }

    @Test
    void aCorrectionInAQuietPartitionIsGivenUpByTheWallClockAndNotTooSoon() {
        driver.event(Given.voiding("req-1"));
        driver.idle(Duration.ofHours(24).plusMinutes(9));
        assertThat(driver.dead()).isEmpty();

        driver.idle(Duration.ofMinutes(2));
        assertThat(driver.dead()).extracting(DeadLetter::getCode).containsExactly("unmatched");
    }

    @Test
    void aCorrectionThatFoundItsEventIsNotGivenUp() {
        driver.event(Given.voiding("req-1"));
        driver.event(Given.usage("req-1", 1, 1));
        driver.now = Given.NOW.plus(Duration.ofHours(25));
        driver.event(untimed("other"));
        driver.idle(Duration.ofSeconds(2));

        assertThat(driver.dead()).isEmpty();
        assertThat(driver.outcomes())
                .extracting(Outcome::getOutcome)
                .containsExactly(OutcomeKind.PENDING, OutcomeKind.CANCELLED, OutcomeKind.APPLIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage.inbox", "usage.events", "config.prices", "usage.partials"})
    void bytesThatAreNoRecordAreDeadAndTheNextRecordIsRead(String name) {
        Topic topic = Topics.ALL.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        byte[] key = EventHash.of("any", "key", "will do");
        driver.send(topic, key, POISON);
        driver.send(topic, key, new byte[] {0, 0, 0, 0, 99, 1, 2, 3});
        driver.event(Given.usage("req-1", 1_000, 100));

        List<DeadLetter> letters = driver.dead();
        assertThat(letters).extracting(DeadLetter::getCode).containsExactly("unreadable", "unreadable");
        assertThat(letters).extracting(DeadLetter::getOriginTopic).containsOnly(name);
        assertThat(letters.get(0).getOriginal()).isEqualTo(ByteBuffer.wrap(POISON));
        assertThat(letters.get(1).getDetail()).contains("schema 99");
        assertThat(driver.rated()).hasSize(1);
    }

    @Test
    void aSubmissionThatNobodyCanReadIsDeadInTheBooksOfItsCompany() {
        byte[] whole = driver.codecs.events().encode(Given.usage("req-1", 1_000, 100));
        driver.send(Topics.USAGE_EVENTS, EventHash.of("any", "key", "will do"), Arrays.copyOf(whole, whole.length / 2));
        driver.send(Topics.USAGE_EVENTS, new byte[] {1}, whole);
        driver.send(Topics.USAGE_EVENTS, EventHash.of("any", "key", "will do"), POISON);

        List<DeadLetter> letters = driver.dead();
        assertThat(letters).extracting(DeadLetter::getCode).containsOnly("unreadable");
        assertThat(letters).extracting(DeadLetter::getCompany).containsExactly("acme", "acme", null);
        assertThat(letters).extracting(DeadLetter::getId).containsOnlyNulls();
        assertThat(driver.outcomes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage.inbox", "usage.events", "config.prices", "usage.partials"})
    void aRecordWithoutKeyAndValueIsDead(String name) {
        Topic topic = Topics.ALL.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        driver.send(topic, null, null);
        driver.event(Given.usage("req-1", 1_000, 100));

        assertThat(driver.dead()).extracting(DeadLetter::getOriginal).containsExactly((ByteBuffer) null);
        assertThat(driver.rated()).hasSize(1);
    }

    /** The client gave no time, so the gateway took its own: the same event at any time. */
    private Submission untimed(String id) {
        Usage usage = Given.usageOf("gpt-4o", Map.of("input", "1"));
        usage.setEventTimeGiven(false);
        usage.setEventTime(Given.micros(driver.now));
        return Given.usage(id, usage);
    }

    private static String cost(RatedUsage row) {
        return row.getCost() == null ? "none" : Decimals.fromAvro(row.getCost()).toString();
    }
}
