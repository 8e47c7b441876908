package io.tollgate.standalone.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The services, asked for their readiness and judged by it. */
final class Services {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int SHOWN = 200;

    private Services() {}

    /**
     * What one says.
     *
     * @param status 0: nobody answers
     * @param said its words, or why it can't be asked
     * @param clock what time it has; null: it does not say
     */
    record Facts(String service, URI at, int status, String said, @Nullable Instant clock) {}

    static Facts ask(HttpClient http, String service, URI at) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at.resolve("/actuator/health/readiness"))
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Facts(
                    service,
                    at,
                    answer.statusCode(),
                    answer.body(),
                    clock(answer.headers().firstValue("Date").orElse("")));
        } catch (IOException e) {
            String message = e.getMessage();
            return new Facts(service, at, 0, message == null ? e.toString() : message, null);
        }
    }

    private static @Nullable Instant clock(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static Finding check(Facts facts) {
        if (facts.status() == OK) {
            return Finding.ok(facts.service(), "ready at " + facts.at());
        }
        if (facts.status() == 0) {
            return Finding.broken(
                    facts.service(),
                    "nobody answers at " + facts.at() + " (" + facts.said() + ")",
                    "start it, or name where it is: --url and --usage-url, --streams-url and --sink-url");
        }
        String said = facts.said().strip();
        return Finding.broken(
                facts.service(),
                "not ready at " + facts.at() + ": " + said.substring(0, Math.min(SHOWN, said.length())),
                "its log says what it waits for; broker, registry and database are checked above");
    }

    /** Judges a clock that was read between two moments of ours. */
    static Finding clock(String whose, Instant theirs, Instant before, Instant after) {
        Duration off = theirs.isAfter(after)
                ? Duration.between(after, theirs)
                : theirs.isBefore(before) ? Duration.between(before, theirs) : Duration.ZERO;
        return off.abs().compareTo(KafkaChecks.SKEW) > 0
                ? Finding.warn(
                        "clock of " + whose,
                        off.abs().toSeconds() + " s " + (off.isNegative() ? "behind" : "ahead of") + " this machine's",
                        "synchronise the clocks (NTP): an event more than 15 minutes in the future is rejected")
                : Finding.ok("clock of " + whose, "as this machine's");
    }
}
