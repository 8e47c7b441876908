package io.tollgate.usageapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.RandomUsage.Row;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Whatever is asked, reports add up to the ledger, to the last digit: random rows, sums made independently. */
@ExtendWith(StackExtension.class)
class ReportsIT {
    private static final int QUESTIONS = 60;
    private static final List<String> ZONES =
            List.of("UTC", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
    private static final List<String> AMOUNTS =
            List.of("requests", "successes", "errors", "unpriced", "tokens", "cost", "list_cost");

    private final UsageApiStack stack;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomUsage usage = new RandomUsage(
            random, Instant.parse("2026-09-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"), 1_500);

    ReportsIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void insert() {
        usage.insert(stack);
        rollUp(LocalDate.of(2026, 8, 20).plusDays(random.nextInt(120)));
    }

    /** Rolls up totals that are not right yet: rows are missing, and others hold what is taken from them again later. */
    private void rollUp(LocalDate before) {
        String hash = "hashtext(concat(date, company, user_id, auth_id, provider, model, labels, currency))";
        String wrong = " WHERE " + hash + " % 3 = 0";
        stack.sql("CREATE TABLE late AS SELECT * FROM usage_stats WHERE " + hash + " % 4 = 0;"
                + "DELETE FROM usage_stats WHERE row_id IN (SELECT row_id FROM late);"
                + "UPDATE usage_stats SET requests = requests + 7, successes = successes + 5, errors = errors + 2,"
                + " unpriced = unpriced + 1, tokens = tokens + 0.25, cost = cost + 1e-30, list_cost = list_cost + 3,"
                + " dimensions = dimensions || '{\"gone\": 3}'" + wrong);
        stack.sql("DO $$ BEGIN WHILE roll_usage_stats_up('" + before + "') LOOP END LOOP; END $$");
        stack.sql("INSERT INTO usage_stats SELECT * FROM late; DROP TABLE late;"
                + "UPDATE usage_stats SET requests = requests - 7, successes = successes - 5, errors = errors - 2,"
                + " unpriced = unpriced - 1, tokens = tokens - 0.25, cost = cost - 1e-30, list_cost = list_cost - 3,"
                + " dimensions = dimensions - 'gone' WHERE dimensions ? 'gone'");
    }

    /** A question, as it is sent and as it is answered here. */
    private record Question(
            String window,
            ZoneId zone,
            LocalDate from,
            LocalDate to,
            List<String> groups,
            Map<String, String> filters,
            boolean compared,
            boolean isTop) {

        Instant start() {
            return from.atStartOfDay(zone).toInstant();
        }

        Instant end() {
            return to.atStartOfDay(zone).toInstant();
        }

        boolean counts(Row row) {
            return filters.entrySet().stream().allMatch(filter -> filter.getValue()
                    .equals(
                            filter.getKey().equals("currency")
                                    ? row.currency()
                                    : row.words().get(filter.getKey())));
        }

        String windowOf(Instant time) {
            ZonedDateTime local = time.atZone(zone);
            LocalDate day = local.toLocalDate();
            Instant start =
                    switch (window) {
                        case "hour" -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
                        case "day" -> day.atStartOfDay(zone).toInstant();
                        case "week" ->
                            day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                    .atStartOfDay(zone)
                                    .toInstant();
                        case "month" -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
                        default -> start();
                    };
            return start.toString();
        }

        String path() {
            String query = "/v1/stats?window=" + window + "&timezone=" + zone + "&from=" + from + "&to=" + to;
            if (!groups.isEmpty()) {
                query += "&group_by=" + String.join(",", groups);
            }
            for (Map.Entry<String, String> filter : filters.entrySet()) {
                query += "&" + filter.getKey() + "=" + filter.getValue();
            }
            return query + (compared ? "&compare=previous" : "") + (isTop ? "&top=2" : "");
        }
    }

    @Test
    void everyReportAddsUpToTheLedger() {
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = question();
            String told = "seed " + seed + ", " + question.path();
            HttpResponse<String> response = stack.asAdmin(question.path());
            assertThat(response.statusCode()).as(told + response.body()).isEqualTo(200);
            JsonNode rows = UsageApiStack.json(response).path("rows");

            List<Row> current = usage.rows().stream()
                    .filter(row ->
                            !row.time().isBefore(question.start()) && row.time().isBefore(question.end()))
                    .filter(question::counts)
                    .toList();
            assertThat(sums(rows, question)).as(told).isEqualTo(truth(current, question));
            if (question.compared) {
                assertPrevious(rows, question, told);
            }
        }
    }

    @Test
    void aMetersValuesAddUpToTheLedger() {
        for (String meter : List.of("requests", "errors", "tokens", "cost", "list_cost", "input", "output")) {
            for (String window : List.of("", "&windowSize=DAY", "&windowSize=MONTH&windowTimeZone=Europe/Berlin")) {
                Instant from = Instant.parse("2026-10-01T00:00:00Z").plusSeconds(900L * random.nextInt(2_000));
                Instant to = from.plusSeconds(900L * (1 + random.nextInt(2_000)));
                String path = "/api/v1/meters/" + meter + "/query?from=" + from + "&to=" + to + window
                        + "&groupBy=model&subject=u1&subject=u2&filterGroupBy[service_tier]=standard";
                HttpResponse<String> response =
                        stack.asAdmin(path.replace("[", "%5B").replace("]", "%5D"));
                assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
                JsonNode answer = UsageApiStack.json(response);
                assertThat(answer.path("from").asString()).isEqualTo(from.toString());

                Map<String, BigDecimal> shown = new HashMap<>();
                for (JsonNode row : answer.path("data")) {
                    BigDecimal exact = new BigDecimal(row.path("value_exact").asString());
                    assertThat(row.path("value").doubleValue()).isEqualTo(exact.doubleValue());
                    JsonNode groups = row.path("groupBy");
                    shown.merge(
                            row.path("subject").asString()
                                    + groups.path("model").asString()
                                    + groups.path("currency").asString(""),
                            exact,
                            BigDecimal::add);
                }
                Map<String, BigDecimal> truth = new HashMap<>();
                boolean isMoney = meter.endsWith("cost");
                usage.rows().stream()
                        .filter(row -> !row.time().isBefore(from) && row.time().isBefore(to))
                        .filter(row -> List.of("u1", "u2")
                                .contains(String.valueOf(row.words().get("user"))))
                        .filter(row -> "standard".equals(row.words().get("service_tier")))
                        .filter(row -> !isMoney || row.currency() != null)
                        .forEach(row -> truth.merge(
                                row.words().get("user") + row.words().get("model") + (isMoney ? row.currency() : ""),
                                List.of("input", "output").contains(meter)
                                        ? row.signed(row.dimensions().getOrDefault(meter, BigDecimal.ZERO))
                                        : amount(row, meter),
                                BigDecimal::add));
                assertThat(plain(shown)).as("seed " + seed + ", " + path).isEqualTo(plain(truth));
            }
        }
    }

    @Test
    void aForecastBeginsWithWhatTheLedgerHasOfThePeriod() {
        stack.emptyTheBooks();
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        RandomUsage recent = new RandomUsage(random, now.minus(60, ChronoUnit.DAYS), now, 1_000);
        recent.insert(stack);
        for (ZoneId zone : List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"))) {
            JsonNode answer = UsageApiStack.json(
                    stack.asAdmin("/v1/forecast?period=month&group_by=model&timezone=" + zone + "&company=acme"));
            Instant from = Instant.parse(answer.path("from").asString());
            Map<String, BigDecimal> shown = new HashMap<>();
            for (JsonNode row : answer.path("rows")) {
                add(shown, row.path("model").asString() + currency(row), row.path("spent"), "cost");
                assertThat(row.path("method").asString()).isEqualTo("same_weekdays");
                // Of rows that are rare the oldest of the weeks may be empty.
                if (row.path("weeks").asInt() > 1) {
                    assertThat(tokens(row, "projected")).isBetween(tokens(row, "low"), tokens(row, "high"));
                }
            }
            Map<String, BigDecimal> truth = new HashMap<>();
            recent.rows().stream()
                    .filter(row -> !row.time().isBefore(from))
                    .filter(row -> "acme".equals(row.words().get("company")))
                    .forEach(row -> truth.merge(
                            row.words().get("model") + row.currency(), amount(row, "cost"), BigDecimal::add));
            assertThat(plain(shown)).as("seed " + seed + ", " + zone).isEqualTo(plain(truth));
        }
    }

    private static BigDecimal tokens(JsonNode row, String what) {
        return new BigDecimal(row.path(what).path("tokens").asString());
    }

    @Test
    void metersAreListedForThoseWhoLookForThem() {
        JsonNode meters = UsageApiStack.json(stack.asAcme("/api/v1/meters"));
        assertThat(meters.valueStream().map(meter -> meter.path("slug").asString()))
                .contains("requests", "tokens", "cost");
        assertThat(stack.asAcme("/api/v1/meters/tokens/query?filterCustomerId=beta")
                        .statusCode())
                .isEqualTo(403);
        assertThat(stack.asAcme("/api/v1/meters/tokens/query?windowSize=MINUTE").body())
                .contains("HOUR, DAY or MONTH");
        JsonNode all = UsageApiStack.json(stack.asAcme("/api/v1/meters/tokens/query"));
        assertThat(all.path("data")).hasSize(1);
        assertThat(all.path("data").get(0).path("value_exact").asString())
                .isEqualTo(RandomUsage.sum(
                                usage.rows().stream()
                                        .filter(row -> "acme".equals(row.words().get("company")))
                                        .filter(row -> row.time()
                                                .isBefore(Instant.parse(
                                                        all.path("to").asString())))
                                        .toList(),
                                Row::tokens)
                        .stripTrailingZeros()
                        .toPlainString());
        HttpResponse<String> csv = stack.asAcme("/api/v1/meters/tokens/query?groupBy=model", "Accept", "text/csv");
        assertThat(csv.body()).startsWith("window_start,window_end,subject,model,value\r\n");
    }

    /** All rows' previous totals are those of as many windows before; here the windows are days, or one of a month. */
    private void assertPrevious(JsonNode rows, Question question, String told) {
        Instant before = (question.window.equals("month") || question.window.equals("total")
                        ? question.from.minusMonths(1)
                        : question.from.minusDays(ChronoUnit.DAYS.between(question.from, question.to)))
                .atStartOfDay(question.zone)
                .toInstant();
        List<Row> previous = usage.rows().stream()
                .filter(row -> !row.time().isBefore(before) && row.time().isBefore(question.start()))
                .filter(question::counts)
                .toList();
        for (String amount : AMOUNTS) {
            Map<String, BigDecimal> shown = new HashMap<>();
            rows.forEach(row -> add(shown, currency(row), row.path("previous"), amount));
            Map<String, BigDecimal> truth = new HashMap<>();
            previous.forEach(row -> truth.merge(String.valueOf(row.currency()), amount(row, amount), BigDecimal::add));
            assertThat(plain(shown)).as(told + " " + amount).isEqualTo(plain(truth));
        }
    }

    private Question question() {
        String window = List.of("hour", "day", "week", "month", "total").get(random.nextInt(5));
        LocalDate from = LocalDate.parse("2026-10-01").plusDays(random.nextInt(40));
        LocalDate to = from.plusDays(1 + random.nextInt(window.equals("hour") ? 3 : 15));
        if (window.equals("week")) {
            from = from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            to = from.plusWeeks(1 + random.nextInt(3));
        }
        if (window.equals("month") || (window.equals("total") && random.nextBoolean())) {
            from = LocalDate.parse("2026-10-01");
            to = LocalDate.parse("2026-11-01");
        }
        boolean isWholeMonth = from.getDayOfMonth() == 1 && to.equals(from.plusMonths(1));
        List<String> groups = new ArrayList<>(RandomUsage.WORDS);
        Collections.shuffle(groups, random);
        Map<String, String> filters = new HashMap<>();
        List<String> filtered =
                List.of("company=acme", "model=m1", "label:team=t1", "currency=EUR", "service_tier=batch");
        if (random.nextBoolean()) {
            String filter = filtered.get(random.nextInt(filtered.size()));
            filters.put(filter.substring(0, filter.indexOf('=')), filter.substring(filter.indexOf('=') + 1));
        }
        boolean compared = window.equals("day") || (isWholeMonth && (window.equals("month") || window.equals("total")));
        return new Question(
                window,
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                from,
                to,
                groups.subList(0, random.nextInt(4)),
                filters,
                compared && random.nextBoolean(),
                random.nextInt(3) == 0);
    }

    /** Amounts by window, currency and, where all groups have rows of their own, group. */
    private static Map<String, Map<String, String>> sums(JsonNode rows, Question question) {
        Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
        for (JsonNode row : rows) {
            String key = row.path("window_start").asString() + " " + currency(row)
                    + (question.isTop
                            ? ""
                            : question.groups.stream()
                                    .map(word -> word(row, word))
                                    .toList());
            Map<String, BigDecimal> amounts = sums.computeIfAbsent(key, absent -> new HashMap<>());
            AMOUNTS.forEach(amount -> add(amounts, amount, row, amount));
            row.path("dimensions")
                    .properties()
                    .forEach(entry -> amounts.merge(
                            entry.getKey(), new BigDecimal(entry.getValue().asString()), BigDecimal::add));
        }
        return plainRows(sums);
    }

    private static Map<String, Map<String, String>> truth(List<Row> rows, Question question) {
        Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
        for (Row row : rows) {
            String key = question.windowOf(row.time()) + " " + row.currency()
                    + (question.isTop
                            ? ""
                            : question.groups.stream()
                                    .map(word -> String.valueOf(row.words().get(word)))
                                    .toList());
            Map<String, BigDecimal> amounts = sums.computeIfAbsent(key, absent -> new HashMap<>());
            AMOUNTS.forEach(amount -> amounts.merge(amount, amount(row, amount), BigDecimal::add));
            row.dimensions().forEach((name, quantity) -> amounts.merge(name, row.signed(quantity), BigDecimal::add));
        }
        return plainRows(sums);
    }

    private static BigDecimal amount(Row row, String amount) {
        return switch (amount) {
            case "requests" -> row.count(true);
            case "successes" -> row.count(!row.error());
            case "errors" -> row.count(row.error());
            case "unpriced" -> row.count(row.currency() == null);
            case "tokens" -> row.tokens();
            case "cost" -> row.signed(row.cost());
            default -> row.signed(row.listCost());
        };
    }

    /** A cost that is not known counts nothing. */
    private static void add(Map<String, BigDecimal> sums, String key, JsonNode row, String amount) {
        JsonNode value = row.path(amount);
        sums.merge(key, value.isNull() ? BigDecimal.ZERO : new BigDecimal(value.asString()), BigDecimal::add);
    }

    private static String currency(JsonNode row) {
        return word(row, "currency");
    }

    private static String word(JsonNode row, String word) {
        return row.path(word).isNull() ? "null" : row.path(word).asString();
    }

    /** Rows of which nothing is left are not shown, as little as amounts that are 0. */
    private static Map<String, Map<String, String>> plainRows(Map<String, Map<String, BigDecimal>> sums) {
        return sums.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), plain(entry.getValue())))
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> plain(Map<String, BigDecimal> sums) {
        return sums.entrySet().stream()
                .filter(entry -> entry.getValue().signum() != 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stripTrailingZeros().toPlainString()));
    }
}
