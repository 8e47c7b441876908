package io.tollgate.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.RatedUsage;
import io.tollgate.embedded.FreePorts;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema.Parser;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class AvroConverterTest {
    private static final int HEADER = 5;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AvroConverter converter = new AvroConverter(Converted.IDS);
    private final AvroCodec<RatedUsage> codec = AvroCodec.of(Topics.USAGE_RATED, Converted.IDS);
    private final RatedUsage rated = new RandomUsage(seed).rated("acme", "req-1");

    @Test
    void aRecordIsAStructOfItsFields() {
        SchemaAndValue read = converter.toConnectData("usage.rated", codec.encode(rated));
        Struct value = (Struct) read.value();
        value.validate();

        assertThat(read.schema().name()).isEqualTo("io.tollgate.avro.RatedUsage");
        assertThat(read.schema().fields())
                .extracting(field -> field.name())
                .containsExactlyElementsOf(rated.getSchema().getFields().stream()
                        .map(org.apache.avro.Schema.Field::name)
                        .toList());
        assertThat(value.getString("id")).isEqualTo("req-1");
        assertThat(value.getString("kind")).isEqualTo(rated.getKind().name());
        assertThat(value.get("corrects")).isEqualTo(rated.getCorrects());
        assertThat(value.getMap("labels")).isEqualTo(rated.getLabels());
        assertThat(value.getArray("lines")).hasSameSizeAs(rated.getLines());
        assertThat(read.schema().field("cost").schema().isOptional()).isTrue();
        assertThat(Amount.of(value.getStruct("tokens")).toPlainString())
                .isEqualTo(Decimals.textOrNull(rated.getTokens()));
    }

    @Test
    void aTombstoneStaysNull() {
        assertThat(converter.toConnectData("usage.stats", null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void bytesThatAreNoRecordAreRefusedAndNothingElseHappens() {
        byte[] bytes = codec.encode(rated);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] poison = Arrays.copyOf(bytes, HEADER + 1 + random.nextInt(bytes.length - HEADER));
            poison[HEADER + random.nextInt(poison.length - HEADER)] ^= (byte) random.nextInt();
            try {
                converter.toConnectData("usage.rated", poison);
            } catch (DataException expected) {
                assertThat(expected).hasMessageStartingWith("usage.rated: no ");
            }
        }
        assertThatThrownBy(() -> converter.toConnectData("usage.rated", new byte[] {1, 2, 3, 4, 5, 6}))
                .isInstanceOf(DataException.class)
                .hasMessage("usage.rated: no Avro record, 6 bytes that do not begin with a 0 and a schema id");
        assertThatThrownBy(() -> converter.toConnectData("usage.rated", new byte[0]))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter.toConnectData("usage.rated", new byte[] {0, 0, 0, 3, 9, 6}))
                .isInstanceOf(DataException.class)
                .hasMessage("usage.rated: schema 777 is not in the registry");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAskedAgain() {
        AvroConverter lonely = new AvroConverter();
        lonely.configure(
                Map.of(
                        "schema.registry.url",
                        "http://127.0.0.1:" + FreePorts.choose() + "/apis/ccompat/v7",
                        "basic.auth.user.info",
                        "user:pass:word"),
                false);

        assertThatThrownBy(() -> lonely.toConnectData("usage.rated", codec.encode(rated)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("could not find schema")
                .hasMessageNotContaining("pass:word");
    }

    @Test
    void itWantsARegistryAndReadsOnly() {
        assertThatThrownBy(() -> new AvroConverter().configure(Map.of(), false)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> converter.fromConnectData("usage.rated", Schema.STRING_SCHEMA, "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("reads only");
    }

    @Test
    void onlyUnionsWithNullAreRead() {
        org.apache.avro.Schema either = new Parser().parse("[\"string\",\"long\"]");

        assertThatThrownBy(() -> ConnectSchemas.of(either)).isInstanceOf(DataException.class);
        assertThat(ConnectSchemas.of(ExactDecimal.getClassSchema()).field("big").schema())
                .isEqualTo(Schema.OPTIONAL_BYTES_SCHEMA);
    }
}
