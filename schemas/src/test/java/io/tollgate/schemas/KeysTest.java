package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void theHashOfAnEventNeverChanges() {
        // Frozen: ids that are remembered under another hash would all be new again.
        assertThat(HexFormat.of().formatHex(EventHash.of("acme", "search-service", "req-1")))
                .isEqualTo("04d3409cc4c61b9d0981e8ba59ed8712");
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(EventHash.of("c", "a-b", "c")).isNotEqualTo(EventHash.of("c", "a", "b-c"));
        assertThat(EventHash.of("ab", "c", "d")).isNotEqualTo(EventHash.of("a", "bc", "d"));
        assertThat(CompositeKey.of("", null)).isNotEqualTo(CompositeKey.of(null, ""));
    }

    @Test
    void aCompositeKeyGivesItsPartsBack() {
        assertThat(CompositeKey.parts(CompositeKey.of("acme", null, "", "gpt-4o é")))
                .containsExactly("acme", null, "", "gpt-4o é");
    }

    @Test
    void bytesThatAreNoCompositeKeyAreRefused() {
        for (byte[] bytes : List.of(new byte[] {1}, new byte[] {0, 0, 0, 9, 1}, new byte[] {-1, -1, -1, -2})) {
            assertThatThrownBy(() -> CompositeKey.parts(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theOrderOfLabelsMakesNoOtherRow() {
        Map<String, String> oneWay = new LinkedHashMap<>(Map.of("team", "search"));
        oneWay.put("env", "prod");
        Map<String, String> otherWay = new LinkedHashMap<>(Map.of("env", "prod"));
        otherWay.put("team", "search");

        assertThat(StatsKey.of(row(oneWay))).isEqualTo(StatsKey.of(row(otherWay)));
        assertThat(StatsKey.of(row(oneWay))).isNotEqualTo(StatsKey.of(row(Map.of("team", "search"))));
    }

    private static UsageStats row(Map<String, String> labels) {
        return UsageStats.newBuilder()
                .setCompany("acme")
                .setGranularity(Granularity.DAY)
                .setWindowStart(0)
                .setProvider("openai")
                .setModel("gpt-4o")
                .setLabels(labels)
                .setRequests(1)
                .setSuccesses(1)
                .setErrors(0)
                .setUnpriced(0)
                .setDimensions(List.of())
                .setTokens(Decimals.toAvro(Decimal.ZERO))
                .setCost(Decimals.toAvro(Decimal.ZERO))
                .setListCost(Decimals.toAvro(Decimal.ZERO))
                .setLatencyHistogram(List.of())
                .build();
    }
}
