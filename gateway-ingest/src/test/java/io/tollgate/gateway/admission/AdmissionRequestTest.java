package io.tollgate.gateway.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.decimal.Decimal;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionRequestTest {
    @Test
    void everythingThatCanBeSaidIsRead() {
        AdmissionRequest request = good(
                """
                {"user":"u","provider":"openai","model":"gpt-4o","estimate":{"input":1200,"output":"800.5","audio":2e3},
                 "service_tier":"batch","region":"eu","variant":"v","ttl_seconds":30}""");
        assertThat(request)
                .isEqualTo(new AdmissionRequest(
                        "u",
                        "openai",
                        "gpt-4o",
                        Map.of(
                                "input", Decimal.of(1200),
                                "output", Decimal.parse("800.5"),
                                "audio", Decimal.of(2000)),
                        "batch",
                        "eu",
                        "v",
                        30));
    }

    @Test
    void providerAndModelAreEnough() {
        AdmissionRequest request = good("{\"provider\":\"p\",\"model\":\"m\",\"estimate\":null}");
        assertThat(request.estimate()).isEmpty();
        assertThat(request.user()).isNull();
        assertThat(request.ttlSeconds()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"model":"m"}                                                   | /provider       | missing
                    {"provider":"p","model":" "}                                    | /model          | missing
                    {"provider":"p","model":"m","modle":"x"}                        | /modle          | unknown_member
                    {"provider":"p","model":"m","user":7}                           | /user           | invalid
                    {"provider":"p","model":"m","ttl_seconds":0}                    | /ttl_seconds    | invalid
                    {"provider":"p","model":"m","ttl_seconds":43201}                | /ttl_seconds    | invalid
                    {"provider":"p","model":"m","ttl_seconds":1.5}                  | /ttl_seconds    | invalid
                    {"provider":"p","model":"m","estimate":[1]}                     | /estimate       | invalid
                    {"provider":"p","model":"m","estimate":{"Input":1}}             | /estimate/Input | invalid
                    {"provider":"p","model":"m","estimate":{"input":-1}}            | /estimate/input | invalid_quantity
                    {"provider":"p","model":"m","estimate":{"input":null}}          | /estimate/input | invalid_quantity
                    {"provider":"p","model":"m","estimate":{"input":"0x10"}}        | /estimate/input | invalid
                    {"provider":"p","model":"m","estimate":{"input":"1e-13"}}       | /estimate/input | invalid_quantity
                    {"provider":"p","model":"m","estimate":{"input":true}}          | /estimate/input | invalid
                    """)
    void whatIsWrongIsPointedAt(String json, String pointer, String code) {
        Problem why = wrong(json);
        assertThat(why.status()).isEqualTo(422);
        assertThat(why.errors()).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void tooManyDimensionsAreRefusedAsOne() {
        String estimate =
                IntStream.range(0, 65).mapToObj(i -> "\"d" + i + "\":1").collect(Collectors.joining(","));
        assertThat(wrong("{\"provider\":\"p\",\"model\":\"m\",\"estimate\":{" + estimate + "}}")
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("too_many_dimensions"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "{", "{\"provider\":\"p\",\"provider\":\"q\"}", "{} x"})
    void whatIsNoJsonIsUnreadable(String json) {
        assertThat(wrong(json).status()).isEqualTo(400);
    }

    private static AdmissionRequest good(String json) {
        return ((AdmissionRequest.Good) AdmissionRequest.read(json.getBytes(UTF_8))).request();
    }

    private static Problem wrong(String json) {
        return ((AdmissionRequest.Wrong) AdmissionRequest.read(json.getBytes(UTF_8))).why();
    }
}
