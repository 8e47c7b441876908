package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Today's requests, tokens and cost of each company in one line, read back from the usage API as any customer would. */
final class MoneyLine {
    private final HttpApi usageApi;

    MoneyLine(HttpApi usageApi) {
        this.usageApi = usageApi;
    }

    String read(LocalDate today, LocalTime now) throws IOException, InterruptedException {
        String path = "/v1/stats?from=" + today + "T00:00:00Z&to=" + today.plusDays(1)
                + "T00:00:00Z&window=day&group_by=company";
        Answer answer = usageApi.get(path);
        if (!answer.isOk()) {
            throw new IOException("GET " + path + " was answered " + answer.status() + ": " + answer.body());
        }
        return render(answer.json(), now);
    }

    static String render(JsonNode stats, LocalTime now) {
        Map<String, Totals> byCompany = new TreeMap<>();
        for (JsonNode row : stats.path("rows")) {
            byCompany.merge(row.path("company").asString(), Totals.of(row), Totals::plus);
        }
        StringBuilder line = new StringBuilder(now.truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.UTC)
                .toLocalTime()
                .toString());
        byCompany.forEach((company, totals) ->
                line.append("  ").append(company).append(' ').append(totals));
        return line.toString();
    }

    /** Exact; rounded to cents for the eye alone. */
    private record Totals(BigDecimal requests, BigDecimal tokens, BigDecimal cost) {
        static Totals of(JsonNode row) {
            return new Totals(exact(row, "requests"), exact(row, "tokens"), exact(row, "cost"));
        }

        Totals plus(Totals other) {
            return new Totals(requests.add(other.requests), tokens.add(other.tokens), cost.add(other.cost));
        }

        private static BigDecimal exact(JsonNode row, String field) {
            JsonNode value = row.path(field);
            return value.isMissingNode() || value.isNull() ? BigDecimal.ZERO : new BigDecimal(value.asString());
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d req %,d tok $%,.2f",
                    requests.toBigInteger(),
                    tokens.toBigInteger(),
                    cost.setScale(2, RoundingMode.HALF_EVEN));
        }
    }
}
