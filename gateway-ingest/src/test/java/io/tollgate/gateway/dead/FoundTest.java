package io.tollgate.gateway.dead;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoundTest {
    static {
        AvroGuards.set();
    }

    private static final AvroCodec<Submission> CODEC = AvroCodec.of(Topics.USAGE_INBOX, new FixedSchemaIds());
    private static final byte[] KEY = {1, 2};

    @ParameterizedTest
    @EnumSource(
            value = SubmissionKind.class,
            names = {"USAGE", "VOID", "AMEND"})
    void whatWasSubmittedGoesInAgainAsItCame(SubmissionKind kind) {
        byte[] original = submission(kind);
        for (String topic : Set.of("usage.inbox", "usage.events")) {
            Found found = Found.of(letter(topic, original), KEY, CODEC);
            assertThat(found).isInstanceOfSatisfying(Found.Replayable.class, replayable -> {
                assertThat(replayable.original()).isEqualTo(original);
                assertThat(replayable.key()).isEqualTo(KEY);
            });
        }
    }

    @Test
    void whatIsNoSubmissionIsLeftWithItsReason() {
        assertThat(reason(letter("usage.rated", submission(SubmissionKind.USAGE))))
                .isEqualTo("no_submission");
        assertThat(reason(letter("usage.inbox", null))).isEqualTo("no_original");
        assertThat(reason(letter("usage.inbox", new byte[] {7}))).isEqualTo("unreadable");
        assertThat(reason(letter("usage.events", submission(SubmissionKind.RERATE))))
                .isEqualTo("rerating");
    }

    @Test
    void aLetterIsMeantByItsIdReasonCompanyAndTime() {
        DeadLetter letter = letter("usage.inbox", null);
        assertThat(Wanted.id(letter)).isEqualTo("usage.inbox-3-17");
        assertThat(new Wanted(Set.of("usage.inbox-3-17"), null, null, null, null).fits(letter, 5))
                .isTrue();
        assertThat(new Wanted(Set.of("usage.inbox-3-18"), null, null, null, null).fits(letter, 5))
                .isFalse();
        assertThat(new Wanted(Set.of(), "unreadable", "acme", 5L, 6L).fits(letter, 5))
                .isTrue();
        assertThat(new Wanted(Set.of(), "unmatched", null, null, null).fits(letter, 5))
                .isFalse();
        assertThat(new Wanted(Set.of(), null, "globex", null, null).fits(letter, 5))
                .isFalse();
        assertThat(new Wanted(Set.of(), null, null, 6L, null).fits(letter, 5)).isFalse();
        assertThat(new Wanted(Set.of(), null, null, null, 5L).fits(letter, 5)).isFalse();
    }

    @Test
    void aCursorIsReadAsItWasSaid() {
        Cursor cursor = new Cursor(Map.of(0, 12L, 3, 9L));
        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        for (String wrong : Set.of("", "!", "MDo", "MDotMQ", "eDox")) {
            assertThat(Cursor.parse(wrong)).as(wrong).isNull();
        }
    }

    private static String reason(DeadLetter letter) {
        return ((Found.Left) Found.of(letter, KEY, CODEC)).reason();
    }

    private static byte[] submission(SubmissionKind kind) {
        return CODEC.encode(Submission.newBuilder()
                .setCompany("acme")
                .setKind(kind)
                .setSource("s")
                .setId("1")
                .setReceivedAt(0)
                .build());
    }

    private static DeadLetter letter(String topic, byte @Nullable [] original) {
        return DeadLetter.newBuilder()
                .setCode("unreadable")
                .setDetail("x")
                .setOriginTopic(topic)
                .setOriginPartition(3)
                .setOriginOffset(17)
                .setOriginTimestamp(0)
                .setCompany("acme")
                .setOriginal(original == null ? null : ByteBuffer.wrap(original))
                .build();
    }
}
