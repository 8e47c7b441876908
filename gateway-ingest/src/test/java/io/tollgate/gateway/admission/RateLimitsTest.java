package io.tollgate.gateway.admission;

import static io.tollgate.gateway.admission.Quotas.quota;
import static io.tollgate.gateway.admission.Quotas.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Enforcement;
import io.tollgate.gateway.http.Answer;
import io.tollgate.quota.QuotaView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {
    private static final long NOW = 1_800_000_000_000_000L;

    @Test
    void eachHardQuotaIsAnItemOfBothLists() {
        Answer answer = on(
                view(quota("rate", "requests", "60", Enforcement.HARD), "11.5", "2", NOW),
                view(quota("budget", "cost", "1.5", Enforcement.HARD), "0.25", "0.0000005", NOW),
                view(quota("open", "concurrent", "4", Enforcement.HARD), "0", "3", NOW));
        assertThat(answer.headers())
                .containsEntry(
                        "ratelimit-policy",
                        "\"rate\";q=60;qu=\"requests\";w=3690, \"budget\";q=1500000;qu=\"micro-USD\";w=3690,"
                                + " \"open\";q=4;qu=\"concurrent-requests\"")
                .containsEntry("ratelimit", "\"rate\";r=46;t=91, \"budget\";r=1249999;t=91, \"open\";r=1");
    }

    @Test
    void whatNeverDeniesIsNotTold() {
        Answer answer = on(
                view(quota("soft", "tokens", "1", Enforcement.SOFT), "5", "0", NOW),
                view(quota("shadow", "tokens", "1", Enforcement.SHADOW), "5", "0", NOW));
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void integersStayWithinWhatStructuredFieldsHold() {
        Answer answer = on(view(
                quota("q\"\\ü", "tokens", "100000000000000000000000000000000000000", Enforcement.HARD), "0", "0", NOW));
        assertThat(answer.headers())
                .containsEntry("ratelimit-policy", "\"q\\\"\\\\?\";q=999999999999999;qu=\"tokens\";w=3690")
                .containsEntry("ratelimit", "\"q\\\"\\\\?\";r=999999999999999;t=91");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "999999, 1", "1000000, 1", "1000001, 2", "-5, 0"})
    void secondsAreNeverTooFew(long after, long seconds) {
        assertThat(RateLimits.secondsUntil(NOW + after, NOW)).isEqualTo(seconds);
    }

    private static Answer on(QuotaView... views) {
        return RateLimits.on(Answer.NO_CONTENT, List.of(views), NOW);
    }
}
