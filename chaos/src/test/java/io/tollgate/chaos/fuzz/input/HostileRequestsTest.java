package io.tollgate.chaos.fuzz.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostileRequestsTest {
    private static final int INPUTS = 4_000;
    private static final String EVENT =
            """
            {"specversion":"1.0","id":"req-1","source":"s","type":"tollgate.usage.v1",
             "data":{"provider":"p","model":"m","dimensions":{"input":1200}}}
            """;
    private static final List<Route> ROUTES = List.of(
            new Route(0, "POST", "/v1/events", List.of(), Map.of("application/cloudevents+json", EVENT)),
            new Route(1, "GET", "/v1/usage/{company}", List.of("from", "to", "prune"), Map.of()));

    private final HostileRequests requests = new HostileRequests(7, ROUTES, List.of("secret"));

    @Test
    void theSameSeedAndNumberAreTheSameInput() {
        HostileRequests again = new HostileRequests(7, ROUTES, List.of("secret"));
        for (long number : new long[] {900, 3, 77}) {
            assertThat(again.input(number)).usingRecursiveComparison().isEqualTo(requests.input(number));
        }
        assertThat(new HostileRequests(8, ROUTES, List.of("secret")).input(3).bytes())
                .isNotEqualTo(requests.input(3).bytes());
    }

    @Test
    void everyRouteHasItsTurnAndWhatIsOwedAnAnswerIsMostOfIt() {
        Set<String> routes = new HashSet<>();
        int owed = 0;
        for (int number = 0; number < INPUTS; number++) {
            HttpInput input = requests.input(number);
            routes.add(input.route());
            owed += input.owed() ? 1 : 0;
        }
        assertThat(routes).contains("POST /v1/events", "GET /v1/usage/{company}");
        assertThat(owed).isBetween(INPUTS / 2, INPUTS - 1);
    }

    @Test
    void itHasWhatBreaksServers() {
        StringBuilder all = new StringBuilder();
        int longest = 0;
        for (int number = 0; number < INPUTS; number++) {
            byte[] bytes = requests.input(number).bytes();
            longest = Math.max(longest, bytes.length);
            all.append(new String(bytes, 0, Math.min(bytes.length, 4_000), StandardCharsets.ISO_8859_1));
        }
        String text = all.toString();
        List<String> wanted = List.of(
                "1e999999",
                "[[[[[[[[[[",
                "%00",
                "Transfer-Encoding: chunked",
                "Content-Encoding: gzip",
                "Content-Length: -1",
                "Authorization: Basic",
                "Bearer secret",
                "\\u0000",
                "\"id\":\"http-");
        assertThat(wanted.stream().filter(each -> !text.contains(each))).isEmpty();
        assertThat(text.contains("prune=")).isFalse();
        assertThat(longest).isGreaterThan(100_000);
    }
}
