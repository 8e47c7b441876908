package io.tollgate.usageapi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LineItemsTest {

    @Test
    void numbersComeBackAsTheyWereWrittenToTheLastDigitAndWithoutExponent() {
        Map<String, ?> line = new LineItems()
                .parse(
                        """
                        [{"dimension":"input","quantity":9007199254740993,"unit_price":2.5e-24,"cost":0.10,"tier_from":null,
                          "list_cost":12345678901234567890123456789012345678.123456789012}]""")
                .get(0);
        assertThat(line.get("dimension")).isEqualTo("input");
        assertThat(line.get("quantity")).isEqualTo("9007199254740993");
        assertThat(line.get("unit_price")).isEqualTo("0.0000000000000000000000025");
        assertThat(line.get("cost")).isEqualTo("0.1");
        assertThat(line.get("list_cost")).isEqualTo("12345678901234567890123456789012345678.123456789012");
        assertThat(line).containsEntry("tier_from", null);
    }

    @Test
    void theUsagePartOfAReadingIsJsonAgain() {
        String reading =
                "{\"cost\":0.0050,\"usage\":\"{\\\"n\\\":0.10}\",\"format\":\"openai.chat\",\"quality\":\"complete\"}";
        assertThat(new LineItems().vendor(reading))
                .hasToString("{format=openai.chat, quality=complete, remark=null, cost=0.005, usage={\"n\":0.10}}");
        assertThat(new LineItems().vendor("{\"usage\":\"{cut\"}")).containsEntry("usage", "{cut");
        assertThat(new LineItems().vendor(null)).isNull();
    }
}
