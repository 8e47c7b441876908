package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.release.Samples;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private final FixedSchemaIds ids = new FixedSchemaIds();
    private final AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, ids);

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(codec.decode(codec.encode(Samples.submission()))).isEqualTo(Samples.submission());
    }

    @Test
    void theHeaderIsAZeroAndTheSchemaId() {
        byte[] bytes = codec.encode(Samples.submission());

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(1);
    }

    @Test
    void aRecordOfAnotherWriterIsReadThroughItsOwnSchema() {
        // A writer whose schema lacks the optional last field but one: the reader fills in the default.
        Schema older = new Schema.Parser()
                .parse(Submission.getClassSchema()
                        .toString()
                        .replace("\"default\":1,\"doc\"", "\"default\":9,\"doc\""));
        int olderId = ids.idFor("elsewhere", older);
        byte[] bytes = codec.encode(Samples.submission());
        ByteBuffer.wrap(bytes).putInt(1, olderId);

        assertThat(codec.decode(bytes)).isEqualTo(Samples.submission());
    }

    @Test
    void bytesThatAreNoRecordAreUnreadableAndNothingElse() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] whole = codec.encode(Samples.submission());
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int change = random.nextInt(4); change > 0 && bytes.length > 5; change--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            try {
                codec.decode(bytes);
            } catch (UnreadableRecordException expected) {
                assertThat(expected).hasMessageContaining("no ");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void aClaimOfTwoGigabytesIsNotBelieved() {
        byte[] poison = {0, 0, 0, 0, 1, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0e};

        assertThatThrownBy(() -> codec.decode(poison))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("exceeds maximum allowed");
    }

    /** Ten bytes that are sixteen million references before the first of them is read. */
    @Test
    void noValueIsNoRecord() {
        assertThatThrownBy(() -> AvroCodec.of(Topics.CONFIG_PERIODS, ids).decode(null))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("no value");
    }

    @Test
    void aListOfSixteenMillionIsNotMadeRoomFor() {
        byte[] partial = AvroCodec.of(Topics.CONFIG_PERIODS, ids)
                .encode(ClosedPeriod.newBuilder()
                        .setMonth("2026-01")
                        .setEndOffsets(List.of())
                        .setEventsTopicId("")
                        .setClosedAt(0)
                        .setVersion(0)
                        .build());
        byte[] poison = Arrays.copyOf(partial, partial.length + 4);
        int list = 5 + 1 + "2026-01".length();
        System.arraycopy(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x0f}, 0, poison, list, 4);

        assertThatThrownBy(() -> AvroCodec.of(Topics.CONFIG_PERIODS, ids).decode(poison))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("maximum allowed of 1048576");
    }

    @Test
    void aNumberThatNobodyCanComputeWithIsUnreadable() {
        for (ExactDecimal number : List.of(
                new ExactDecimal(1L, 1_000_000_000, null),
                new ExactDecimal(1L, -1, null),
                new ExactDecimal(0L, 0, ByteBuffer.allocate(0)),
                new ExactDecimal(0L, 0, ByteBuffer.allocate(5_000)))) {
            Submission submission = Samples.submission();
            submission.getUsage().getDimensions().get(0).setQuantity(number);
            byte[] bytes = codec.encode(submission);

            assertThatThrownBy(() -> codec.decode(bytes))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("absurdly long");
        }
    }

    /** Its writer has a field more than we read, and it nests as deep as the record says. */
    @Test
    void nestingThatNoStackCanHoldIsUnreadable() {
        String deeper = "{\"name\":\"deeper\",\"type\":{\"type\":\"record\",\"name\":\"Deeper\",\"fields\":["
                + "{\"name\":\"in\",\"type\":[\"null\",\"Deeper\"]}]}},";
        String own = Submission.getClassSchema().toString();
        Schema stranger = new Schema.Parser()
                .parse(own.replaceFirst("\"fields\":\\[", "\"fields\":[" + Matcher.quoteReplacement(deeper)));
        byte[] poison = new byte[500_000];
        Arrays.fill(poison, (byte) 2);
        ByteBuffer.wrap(poison).put((byte) 0).putInt(ids.idFor("elsewhere", stranger));

        assertThatThrownBy(() -> codec.decode(poison)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsUnreadable() {
        byte[] bytes = codec.encode(Samples.submission());
        ByteBuffer.wrap(bytes).putInt(1, 77);

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("77");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNoFaultOfTheRecord() {
        AvroCodec<Submission> cutOff = AvroCodec.of(Topics.USAGE_EVENTS, new SchemaIds() {
            @Override
            public int idFor(String subject, Schema schema) {
                return 1;
            }

            @Override
            public Schema schemaOf(int id) {
                throw new RegistryException("no answer", false, null);
            }
        });

        assertThatThrownBy(() -> cutOff.decode(codec.encode(Samples.submission())))
                .isInstanceOf(RegistryException.class);
    }
}
