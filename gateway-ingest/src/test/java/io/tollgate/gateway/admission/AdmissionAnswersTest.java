package io.tollgate.gateway.admission;

import static io.tollgate.gateway.admission.Quotas.quota;
import static io.tollgate.gateway.admission.Quotas.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Enforcement;
import io.tollgate.gateway.http.Answer;
import io.tollgate.quota.Admissions.Denied;
import io.tollgate.quota.Estimate;
import io.tollgate.quota.QuotaView;
import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdmissionAnswersTest {
    private static final long NOW = 1_800_000_000_000_000L;
    private static final Estimate ESTIMATE =
            new Estimate(Map.of("input", Decimal.of(1200)), Decimal.of(1200), Decimal.parse("0.5"), "USD");

    @Test
    void aDenialSaysWhichQuotaAndWhenToComeAgain() {
        Answer answer = denied(view(quota("month", "cost", "1", Enforcement.HARD), "0.5", "0.25", NOW));
        JsonNode body = JsonMapper.shared().readTree(answer.body());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.headers()).containsEntry("retry-after", "91").containsKeys("ratelimit", "ratelimit-policy");
        assertThat(body.path("type").asString()).isEqualTo("urn:tollgate:problem:quota_exceeded");
        assertThat(body.path("code").asString()).isEqualTo("quota_exceeded");
        assertThat(body.path("quota").asString()).isEqualTo("month");
        assertThat(body.path("metric").asString()).isEqualTo("cost");
        assertThat(body.path("currency").asString()).isEqualTo("USD");
        assertThat(body.path("limit").asString()).isEqualTo("1");
        assertThat(body.path("used").asString()).isEqualTo("0.5");
        assertThat(body.path("reserved").asString()).isEqualTo("0.25");
        assertThat(body.path("remaining").asString()).isEqualTo("0.25");
        assertThat(body.path("requested").asString()).isEqualTo("0.5");
        assertThat(body.path("resets_at").asString()).isEqualTo("2027-01-15T08:01:30.500Z");
        assertThat(body.path("detail").asString())
                .isEqualTo("quota month limits cost in USD to 1: 0.5 used, 0.25 reserved, 0.5 requested; it resets at"
                        + " 2027-01-15T08:01:30.500Z");
    }

    @Test
    void whatIsOpenMayCloseAnyMoment() {
        Answer answer = denied(view(quota("open", "concurrent", "2", Enforcement.HARD), "0", "2", NOW));
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(body.path("requested").asString()).isEqualTo("1");
        assertThat(body.path("resets_at").isNull()).isTrue();
    }

    private static Answer denied(QuotaView by) {
        return AdmissionAnswers.of(new Denied(by, List.of(by)), ESTIMATE, NOW, "req_1");
    }
}
