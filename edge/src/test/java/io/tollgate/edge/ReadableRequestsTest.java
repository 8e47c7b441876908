package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ResponseStatusException;

class ReadableRequestsTest {
    private static final String PATH = "/v1/usage";

    @ParameterizedTest
    @ValueSource(strings = {"json", "/", "*/x", "application/ json"})
    void whatIsNoMediaTypeIsTheCallersFaultAndNotTheServers(String type) {
        assertThat(status(ReadableRequests.objection(PATH, headers(HttpHeaders.CONTENT_TYPE, type))))
                .isEqualTo(415);
        assertThat(status(ReadableRequests.objection(PATH, headers(HttpHeaders.ACCEPT, type))))
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain; charset=utf-8", "*/*"})
    void whatIsOneGoesOn(String type) {
        assertThat(ReadableRequests.objection(PATH, headers(HttpHeaders.CONTENT_TYPE, type)))
                .isNull();
        assertThat(ReadableRequests.objection(PATH, headers(HttpHeaders.ACCEPT, type)))
                .isNull();
    }

    @Test
    void whoSaysNothingGoesOn() {
        assertThat(ReadableRequests.objection(PATH, new HttpHeaders())).isNull();
        assertThat(ReadableRequests.objection(PATH, headers(HttpHeaders.ACCEPT, ",")))
                .isNull();
    }

    @Test
    void actuatorIsAskedOnlyWhatItCanRead() {
        assertThat(status(ReadableRequests.objection("/actuator/prometheus", headers(HttpHeaders.ACCEPT, ","))))
                .isEqualTo(406);
        assertThat(status(ReadableRequests.objection("/actuator/health/a%2fb", new HttpHeaders())))
                .isEqualTo(404);
        assertThat(ReadableRequests.objection("/actuator/health/readiness", headers(HttpHeaders.ACCEPT, "*/*")))
                .isNull();
    }

    @Test
    void aNameThatNoStoredTextIsIsNotThere() {
        assertThat(status(ReadableRequests.objection("/api/v1/meters/a%00b/query", new HttpHeaders())))
                .isEqualTo(404);
        assertThat(ReadableRequests.objection("/api/v1/meters/a%2500b/query", new HttpHeaders()))
                .isNull();
    }

    private static int status(@Nullable ResponseStatusException objection) {
        return Objects.requireNonNull(objection).getStatusCode().value();
    }

    private static HttpHeaders headers(String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        return headers;
    }
}
