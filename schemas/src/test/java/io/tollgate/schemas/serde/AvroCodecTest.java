package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.Submission;
import io.tollgate.schemas.release.Samples;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
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
