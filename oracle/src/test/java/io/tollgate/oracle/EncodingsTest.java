package io.tollgate.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncodingsTest {
    private static final Schema DECIMAL = new Schema.Parser()
            .parse(
                    """
                    {"type":"record","name":"ExactDecimal","fields":[{"name":"unscaled","type":"long"},
                     {"name":"scale","type":"int"},{"name":"big","type":["null","bytes"]}]}""");

    @Test
    void aDecimalIsAnIntegerAndAScaleInALongOrBeyondIt() {
        assertThat(Amount.of(decimal(-15, 1, null))).isEqualByComparingTo("-1.5");
        BigInteger big = new BigInteger("-123456789012345678901234567890");
        assertThat(Amount.of(decimal(0, 24, big.toByteArray())))
                .isEqualByComparingTo("-123456.789012345678901234567890");
        assertThat(Amount.orNull(null)).isNull();
    }

    @Test
    void equalAmountsHaveEqualTexts() {
        assertThat(Amount.text(new BigDecimal("1200.00"))).isEqualTo(Amount.text(new BigDecimal("1.2E3")));
        assertThat(Amount.text(new BigDecimal("0.000"))).isEqualTo("0");
        assertThat(Amount.text(new BigDecimal("1E-24"))).isEqualTo("0.000000000000000000000001");
    }

    @Test
    void anEventsNameIsTheHashOfItsPartsBehindTheirLengths() {
        // printf '\0\0\0\4acme\0\0\0\6search\0\0\0\5req-1' | sha256sum
        assertThat(EventId.of("acme", "search", "req-1").toString()).isEqualTo("eae6fcc9-71bd-590f-f223-0ea6022e6267");
        assertThat(EventId.of("a", "bc", "d")).isNotEqualTo(EventId.of("ab", "c", "d"));
        assertThat(EventId.of("acme", "search", "req-1").pass(256)).isEqualTo(0x67);
    }

    @Test
    void aVerdictHoldsWhereEveryCheckDoes() {
        Tally wrong = new Tally("ledger");
        for (int i = 0; i < 30; i++) {
            wrong.same("row " + i, "1", "2");
        }
        Verdict verdict = new Verdict(List.of(new Tally("stats").toCheck(), wrong.toCheck()));

        JsonNode json = JsonMapper.shared().readTree(verdict.toJson());
        assertThat(verdict.holds()).isFalse();
        assertThat(json.at("/checks/0/holds").asBoolean()).isTrue();
        assertThat(json.at("/checks/1/differing").asInt()).isEqualTo(30);
        assertThat(json.at("/checks/1/differences").size()).isEqualTo(20);
        assertThat(json.at("/checks/1/differences/0").asString()).isEqualTo("row 0: expected 1, found 2");
        assertThat(new Verdict(List.of()).holds()).isFalse();
    }

    private static GenericRecord decimal(long unscaled, int scale, byte @Nullable [] big) {
        GenericRecord record = new GenericData.Record(DECIMAL);
        record.put("unscaled", unscaled);
        record.put("scale", scale);
        record.put("big", big == null ? null : ByteBuffer.wrap(big));
        return record;
    }
}
