package io.tollgate.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceUrlsTest {
    private static final Endpoints RUNNING = new Endpoints(
            URI.create("http://127.0.0.1:7000"),
            URI.create("http://127.0.0.1:7101"),
            URI.create("http://127.0.0.1:7102"),
            URI.create("http://127.0.0.1:7103"),
            "127.0.0.1:7104",
            "jdbc:postgresql://127.0.0.1:7105/tollgate",
            "tollgate",
            "secret",
            URI.create("http://127.0.0.1:7106"));
    private static final Map<String, String> TOLD =
            Map.of("TOLLGATE_URL", "http://env:1000", "TOLLGATE_USAGE_URL", "http://env:2000");

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheRunningUp() {
        assertThat(ServiceUrls.find(URI.create("http://flag:5000"), null, 6000, TOLD, RUNNING))
                .isEqualTo(urls("http://flag:5000", "http://flag:5003", "--url"));
        assertThat(ServiceUrls.find(null, null, 6000, TOLD, RUNNING))
                .isEqualTo(urls("http://127.0.0.1:6000", "http://127.0.0.1:6003", "--port-base"));
        assertThat(ServiceUrls.find(null, null, null, TOLD, RUNNING))
                .isEqualTo(urls("http://env:1000", "http://env:2000", "$TOLLGATE_URL"));
        assertThat(ServiceUrls.find(null, null, null, Map.of(), RUNNING))
                .isEqualTo(urls("http://127.0.0.1:7000", "http://127.0.0.1:7103", "the data folder"));
        assertThat(ServiceUrls.find(null, null, null, Map.of("TOLLGATE_URL", " "), null))
                .isEqualTo(urls("http://127.0.0.1:8080", "http://127.0.0.1:8083", "the default"));
    }

    /** One of another installation would answer with other books. */
    @Test
    void whatIsNotToldIsBesideWhatIs() {
        assertThat(ServiceUrls.find(null, URI.create("https://there:9003/x"), null, TOLD, RUNNING))
                .isEqualTo(urls("https://there:9000/x", "https://there:9003/x", "--usage-url"));
        assertThat(ServiceUrls.find(URI.create("https://gateway.example.com"), null, null, TOLD, RUNNING)
                        .usageApi())
                .isNull();
        assertThat(ServiceUrls.find(null, null, null, Map.of("TOLLGATE_URL", "http://env:1000"), RUNNING)
                        .usageApi())
                .isEqualTo(URI.create("http://env:1003"));
    }

    @Test
    void allFourAreToldByOne() {
        assertThat(ServiceUrls.find(null, null, null, Map.of(), RUNNING).services(null, null, RUNNING))
                .containsEntry("metering-streams", RUNNING.streams())
                .containsEntry("billing-sink", RUNNING.sink())
                .hasSize(4);
        assertThat(ServiceUrls.find(null, null, 6000, Map.of(), RUNNING)
                        .services(URI.create("http://s:1"), null, RUNNING))
                .containsEntry("metering-streams", URI.create("http://s:1"))
                .containsEntry("billing-sink", URI.create("http://127.0.0.1:6002"));
        assertThat(ServiceUrls.find(URI.create("https://there"), null, null, Map.of(), RUNNING)
                        .services(null, null, RUNNING))
                .containsOnlyKeys("gateway-ingest");
    }

    private static ServiceUrls urls(String gateway, String usageApi, String origin) {
        return new ServiceUrls(URI.create(gateway), URI.create(usageApi), origin);
    }
}
