package io.tollgate.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class MoneyLineTest {
    @Test
    void eachCompanysRowsAreAddedUpAndRoundedForTheEyeOnly() {
        String stats =
                """
                {"rows":[
                  {"company":"globex","requests":"2","tokens":"1500","cost":"0.004"},
                  {"company":"acme","requests":"1000","tokens":"1234567","cost":"12.344"},
                  {"company":"acme","requests":"1","tokens":"1","cost":"0.002"},
                  {"company":"globex","requests":"1","tokens":"0","cost":null}]}
                """;
        assertThat(MoneyLine.render(DemoJson.MAPPER.readTree(stats), LocalTime.parse("10:00:03.5")))
                .isEqualTo("10:00:03  acme 1,001 req 1,234,568 tok $12.35  globex 3 req 1,500 tok $0.00");
    }
}
