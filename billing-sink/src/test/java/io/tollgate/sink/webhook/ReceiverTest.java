package io.tollgate.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.sink.AlertRecords;
import io.tollgate.sink.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReceiverTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.5Z");

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    private final Alert alert = AlertRecords.alert("acme", "alert-1", "ops");
    private final Webhook webhook = AlertRecords.webhook("ops", "https://example.org/hook", "a secret");

    private static String reason(Receiver receiver) {
        return receiver instanceof Receiver.Closed closed ? closed.reason() : "open";
    }

    private Receiver of(Webhook changed) {
        return Receiver.of(changed, "msg_1", alert, NOW);
    }

    @Test
    void anOpenOneIsSentTheSignedBody() {
        Receiver.Open open = (Receiver.Open) of(webhook);

        assertThat(open.url()).hasToString("https://example.org/hook");
        assertThat(open.timestamp()).isEqualTo(1_795_255_200);
        assertThat(open.body()).isEqualTo(AlertBody.of(alert, WebhookStyle.STANDARD));
        assertThat(open.signature())
                .isEqualTo(Signature.header(
                        List.of("a secret".getBytes(StandardCharsets.UTF_8)), "msg_1", 1_795_255_200, open.body()));
    }

    @Test
    void oneThatMayNotHaveTheAlertIsClosedAndSaysWhy() {
        assertThat(reason(Receiver.of(null, "msg_1", alert, NOW))).isEqualTo("there is no webhook of this name");
        assertThat(reason(of(Webhook.newBuilder(webhook).setEnabled(false).build())))
                .isEqualTo("the webhook is disabled");
        assertThat(reason(of(Webhook.newBuilder(webhook).setCompany("globex").build())))
                .isEqualTo("the webhook is for alerts of company globex alone");
        assertThat(reason(of(Webhook.newBuilder(webhook).setCompany("acme").build())))
                .isEqualTo("open");
        assertThat(reason(of(Webhook.newBuilder(webhook).setSecrets(List.of()).build())))
                .isEqualTo("the webhook has no secret in force");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "https://",
                "https:///path",
                "https://user:password@example.org/",
                "https://example.org:99999/",
                "https://example.org:0/",
                "https://exa mple.org/",
                "https://under_score_host\u0000/"
            })
    void anUrlThatIsNoneIsNotCalled(String url) {
        assertThat(reason(of(Webhook.newBuilder(webhook).setUrl(url).build())))
                .startsWith("the webhook's URL is none that could be called");
    }

    @Test
    void theBodyHasTheAlertWithItsAmountsAsStrings() {
        JsonNode body = new JsonMapper().readTree(AlertBody.of(alert, WebhookStyle.STANDARD));

        assertThat(body.get("type").stringValue()).isEqualTo("tollgate.alert.fired");
        assertThat(body.get("timestamp").stringValue())
                .isEqualTo(body.get("data").get("at").stringValue());
        JsonNode data = body.get("data");
        assertThat(data.get("id").stringValue()).isEqualTo("alert-1");
        assertThat(data.get("kind").stringValue()).isEqualTo("quota_share");
        assertThat(data.get("resolved").booleanValue()).isFalse();
        assertThat(data.get("number").intValue()).isEqualTo(1);
        assertThat(data.get("user").isNull()).isTrue();
        assertThat(data.get("value").stringValue()).isEqualTo("50.0001");
        assertThat(data.get("used").stringValue()).isEqualTo("250.0005");
        assertThat(data.get("window_start").stringValue()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(data.get("message").stringValue())
                .isEqualTo("acme: 50.0001 % of quota acme-month is used, 250.0005 of 500 USD (threshold 50 %), in the"
                        + " window 2026-11-01T00:00:00Z to 2026-12-01T00:00:00Z.");
    }

    @Test
    void aResolvedOneSaysSo() {
        Alert resolved = Alert.newBuilder(alert)
                .setResolved(true)
                .setLate(true)
                .setUser("user-42")
                .setValue(Records.exact("12"))
                .setUsed(Records.exact("60"))
                .build();
        JsonNode body = new JsonMapper().readTree(AlertBody.of(resolved, WebhookStyle.STANDARD));

        assertThat(body.get("type").stringValue()).isEqualTo("tollgate.alert.resolved");
        assertThat(body.get("data").get("message").stringValue())
                .isEqualTo("Resolved: acme, user user-42: 12 % of quota acme-month is used, 60 of 500 USD (below 50 %),"
                        + " in the window 2026-11-01T00:00:00Z to 2026-12-01T00:00:00Z, which had ended before.");
    }

    @Test
    void everyKindHasASentence() {
        for (AlertKind kind : AlertKind.values()) {
            Alert one = Alert.newBuilder(alert)
                    .setKind(kind)
                    .setUsed(null)
                    .setLimit(null)
                    .build();
            assertThat(AlertSentence.of(one))
                    .as(kind.name())
                    .contains("50.0001")
                    .contains(" (threshold 50")
                    .doesNotContain("null");
        }
    }

    @Test
    void slackGetsTheSentenceAndNoMarkup() {
        Alert odd = Alert.newBuilder(alert).setCompany("<!here> & co").build();

        assertThat(AlertBody.of(odd, WebhookStyle.SLACK))
                .startsWith("{\"text\":\"&lt;!here&gt; &amp; co: 50.0001 % of quota acme-month is used")
                .endsWith("\"}");
    }
}
