package io.tollgate.sink.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final ByteText out = new ByteText(4);

    @Test
    void quantitiesAreNumbersDigitForDigit() {
        Json.plain(out)
                .quantities(List.of(
                        new DimensionQuantity("input", new ExactDecimal(1200L, 0, null)),
                        new DimensionQuantity("audio_second", new ExactDecimal(325L, 2, null))));

        assertThat(out).hasToString("{\"input\":1200,\"audio_second\":3.25}");
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() {
        Json.plain(out).strings(Map.of("k\u0001", "\"\\\t\u0000é"));

        assertThat(out).hasToString("{\"k\\u0001\":\"\\\"\\\\\\u0009\\u0000é\"}");
    }

    @Test
    void absentMembersAreLeftOutAndEmptyObjectsStay() {
        Json.plain(out)
                .open('[')
                .open('{')
                .member("a", (String) null)
                .member("b", "x")
                .close('}')
                .open('{')
                .close('}')
                .close(']');

        assertThat(out).hasToString("[{\"b\":\"x\"},{}]");
    }
}
