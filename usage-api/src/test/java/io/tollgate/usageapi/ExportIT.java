package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.BilledRows.Row;
import io.tollgate.usageapi.export.period.Billing;
import io.tollgate.usageapi.export.period.ClosedPeriod;
import io.tollgate.usageapi.export.period.ClosedPeriods;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(StackExtension.class)
class ExportIT {
    private static final String FILE = "/v1/exports/usage?";
    private static final String LINE = BilledRows.line("input", "1200", "0.0000025", "0.003");

    private final YearMonth thisMonth = YearMonth.now(ZoneOffset.UTC);
    private final YearMonth lastMonth = thisMonth.minusMonths(1);
    private final YearMonth monthBefore = thisMonth.minusMonths(2);

    private final UsageApiStack stack;
    private final BilledRows ledger;
    private final LedgerRows sink;

    ExportIT(UsageApiStack stack) {
        this.stack = stack;
        this.ledger = new BilledRows(stack);
        this.sink = new LedgerRows(stack);
    }

    @BeforeEach
    void everythingIsInTheBooks() {
        for (int partition = 0; partition < UsageApiStack.PARTITIONS; partition++) {
            stack.commit(Topics.USAGE_EVENTS, partition, 1_000_000);
            sink.progress("usage.rated", partition, stack.end(Topics.USAGE_RATED, partition));
        }
    }

    @AfterEach
    void theTopologyIsWhereTheTopicEnds() {
        for (int partition = 0; partition < UsageApiStack.PARTITIONS; partition++) {
            stack.commit(Topics.USAGE_EVENTS, partition, stack.end(Topics.USAGE_EVENTS, partition));
        }
    }

    @Test
    void theNativeProfileIsTheLedgerRowByRow() {
        Row usage = Row.usage("acme", "e1", lastMonth + "-03T10:00:00.123456Z", lastMonth + "-03", 1, 7)
                .costing("[" + LINE + "]", "0.00300", "0.003")
                .labelled("{\"team\": \"=search\"}");
        ledger.add(usage, usage.reversal(1, 1, 9));
        HttpResponse<String> csv = stack.asAcme(FILE + "period=" + lastMonth);
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"usage-" + lastMonth + "-acme-native.csv\"");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("billing_day,billing_period,adjustment,original_period,company,source,id,");
        assertThat(lines.get(1)).startsWith(lastMonth + "-03," + lastMonth + ",false,,acme,s,e1,");
        assertThat(lines.get(1)).contains(",0,usage,usage,,", "," + lastMonth + "-03T10:00:00.123456Z,");
        assertThat(lines.get(1)).contains("\"\"quantity\"\":\"\"1200\"\"").contains(",0.003,0.003,USD,");
        assertThat(lines.get(2)).contains(",1,reversal,void,0,");
        JsonNode row = JsonMapper.shared()
                .readTree(stack.asAcme(FILE + "period=" + lastMonth + "&format=ndjson")
                        .body()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(row.path("cost").isString()).isTrue();
        assertThat(row.path("cost").asString()).isEqualTo("0.003");
        assertThat(row.path("sequence").isInt()).isTrue();
        assertThat(row.path("lines").get(0).path("unit_price").asString()).isEqualTo("0.0000025");
        assertThat(row.path("labels").path("team").asString()).isEqualTo("=search");
    }

    @Test
    void theManifestIsOfTheVeryFile() {
        ledger.add(
                Row.usage("acme", "e1", lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, 1)
                        .costing("[" + LINE + "]", "0.003", "0.003"),
                Row.usage("acme", "e2", lastMonth + "-04T10:00:00Z", lastMonth + "-04", 0, 2)
                        .costing("[" + LINE + "]", "0.5", null),
                Row.usage("acme", "e3", lastMonth + "-05T10:00:00Z", lastMonth + "-05", 0, 3)
                        .costing("[]", null, null));
        HttpResponse<String> file = stack.asAcme(FILE + "period=" + lastMonth);
        String id = file.headers().firstValue("x-export").orElseThrow();
        JsonNode manifest = json(stack.asAcme("/v1/exports/usage/manifest?export=" + id));
        assertThat(manifest.path("sha256").asString()).isEqualTo(sha256(bytes(file)));
        assertThat(manifest.path("size").asInt()).isEqualTo(bytes(file).length);
        assertThat(manifest.path("rows").asInt()).isEqualTo(3);
        assertThat(manifest.path("unpriced").asInt()).isEqualTo(1);
        assertThat(manifest.path("without_list_cost").asInt()).isEqualTo(1);
        assertThat(manifest.path("sums").toString())
                .isEqualTo("[{\"currency\":\"USD\",\"cost\":\"0.503\",\"list_cost\":\"0.003\"}]");
        assertThat(manifest.path("closed").asBoolean()).isFalse();
        assertThat(manifest.path("period").asString()).isEqualTo(lastMonth.toString());
        assertThat(manifest.path("columns"))
                .hasSize((int) file.body()
                                .lines()
                                .findFirst()
                                .orElseThrow()
                                .chars()
                                .filter(c -> c == ',')
                                .count()
                        + 1);
        // By the same parameters: the one that is there.
        assertThat(json(stack.asAcme("/v1/exports/usage/manifest?period=" + lastMonth))
                        .path("export")
                        .asString())
                .isEqualTo(id);
        assertThat(stack.asBeta("/v1/exports/usage/manifest?export=" + id).statusCode())
                .isEqualTo(404);
        assertThat(stack.asBeta(FILE + "export=" + id).statusCode()).isEqualTo(404);
        assertThat(stack.asAdmin(FILE + "export=" + id).body()).isEqualTo(file.body());
    }

    @Test
    void aKeySeesItsOwnAndAnAdministratorAllOrOne() {
        ledger.add(
                Row.usage("acme", "e1", lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, 1),
                Row.usage("beta", "e2", lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, 2));
        String path = FILE + "period=" + lastMonth + "&format=ndjson";
        assertThat(stack.asAcme(path).body().lines()).hasSize(1);
        assertThat(stack.asAcme(path + "&company=beta").statusCode()).isEqualTo(403);
        assertThat(stack.asAdmin(path).body().lines()).hasSize(2);
        assertThat(stack.asAdmin(path + "&company=beta").body()).contains("\"beta\"");
    }

    @Test
    void whatIsAskedWronglyIsToldByName() {
        assertThat(code(FILE)).isEqualTo("missing_parameter");
        assertThat(code(FILE + "period=2026-13")).isEqualTo("invalid_time");
        assertThat(code(FILE + "period=" + lastMonth + "&from=" + lastMonth + "-01"))
                .isEqualTo("invalid_parameter");
        assertThat(code(FILE + "from=" + lastMonth + "-02&to=" + lastMonth + "-02"))
                .isEqualTo("invalid_range");
        assertThat(code(FILE + "from=" + lastMonth + "-02T01:00:00Z&to=" + thisMonth + "-02"))
                .isEqualTo("not_on_window_edge");
        assertThat(code(FILE + "period=" + lastMonth + "&format=xml")).isEqualTo("invalid_parameter");
        assertThat(code(FILE + "period=" + lastMonth + "&profile=focus-1.0")).isEqualTo("invalid_parameter");
        assertThat(code(FILE + "period=" + lastMonth + "&format=parquet&gzip=true"))
                .isEqualTo("invalid_parameter");
        assertThat(code(FILE + "period=2020-01")).isEqualTo("beyond_retention");
        assertThat(code(FILE + "export=nothing")).isEqualTo("not_found");
    }

    @Test
    void aClosedMonthStaysAndWhatCameTooLateIsInTheNextOneAsAnAdjustment() {
        Row usage = Row.usage("acme", "e1", monthBefore + "-03T10:00:00Z", monthBefore + "-03", 0, 10)
                .costing("[" + LINE + "]", "0.003", "0.003");
        ledger.add(usage);
        ledger.close(monthBefore.toString(), "11,0");
        String closed = stack.asAcme(FILE + "period=" + monthBefore).body();
        Row late = Row.usage("acme", "late", monthBefore + "-28T23:00:00Z", lastMonth + "-02", 0, 11)
                .costing("[" + LINE + "]", "0.003", "0.003");
        ledger.add(late, usage.reversal(1, 0, 12).bookedOn(lastMonth + "-05"));
        assertThat(stack.asAcme(FILE + "period=" + monthBefore).body()).isEqualTo(closed);
        List<String> open =
                stack.asAcme(FILE + "period=" + lastMonth).body().lines().toList();
        assertThat(open).hasSize(3);
        assertThat(open.get(1)).startsWith(lastMonth + "-02," + lastMonth + ",true," + monthBefore + ",acme,s,late,");
        assertThat(open.get(2)).startsWith(lastMonth + "-05," + lastMonth + ",true," + monthBefore + ",acme,s,e1,");
        assertThat(open.get(2)).contains(",1,reversal,void,0,");
        JsonNode manifest = json(stack.asAcme("/v1/exports/usage/manifest?period=" + lastMonth));
        assertThat(manifest.path("adjustments").asInt()).isEqualTo(2);
        assertThat(stack.asAcme(FILE + "from=" + lastMonth + "-03&to=" + lastMonth + "-06")
                        .body()
                        .lines())
                .hasSize(2);
        List<String> focus = stack.asAcme(FILE + "profile=focus-1.4&format=ndjson&period=" + lastMonth)
                .body()
                .lines()
                .toList();
        assertThat(focus).hasSize(2).allMatch(row -> row.contains("\"ChargeClass\":\"Correction\""));
    }

    /** What SQL selects is what the pure rule says, and a closing changes no month before it. */
    @Test
    void overRandomRowsAndClosingsEachRowIsInExactlyOneMonth() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<YearMonth> months = List.of(
                thisMonth.minusMonths(4),
                thisMonth.minusMonths(3),
                monthBefore,
                lastMonth,
                thisMonth,
                thisMonth.plusMonths(1));
        long[] ends = new long[2];
        List<ClosedPeriod> closings = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Map<YearMonth, String> closed = new TreeMap<>();
        for (YearMonth now : months.subList(0, 5)) {
            List<Row> more = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int partition = random.nextInt(2);
                YearMonth of = now.minusMonths(Math.min(random.nextInt(3), months.indexOf(now)));
                LocalDate day = of.atDay(1 + random.nextInt(28));
                LocalDate booked = now.atDay(1 + random.nextInt(28));
                more.add(Row.usage(
                        "acme",
                        now + "-" + i,
                        day + "T2" + random.nextInt(4) + ":00:00Z",
                        (booked.isBefore(day) ? day : booked).toString(),
                        partition,
                        ends[partition]++));
            }
            rows.addAll(more);
            ledger.add(more.toArray(Row[]::new));
            if (!now.equals(thisMonth) && random.nextInt(4) > 0) {
                closings.add(new ClosedPeriod(now, List.of(ends[0], ends[1]), "topic"));
                ledger.close(now.toString(), ends[0] + "," + ends[1]);
                closed.put(now, "");
            }
            ClosedPeriods periods = new ClosedPeriods(closings);
            for (YearMonth month : months) {
                List<String> exported =
                        exported(month.atDay(1), month.plusMonths(1).atDay(1));
                assertThat(exported)
                        .as("seed " + seed + ", " + month + " in " + now + " with " + closings)
                        .containsExactlyInAnyOrderElementsOf(rows.stream()
                                .map(row -> row.id() + " " + billed(row, periods))
                                .filter(row -> row.contains(" " + month))
                                .toList());
                String before = closed.get(month);
                if (before != null && !before.isEmpty()) {
                    assertThat(String.join("\n", exported)).as("seed " + seed).isEqualTo(before);
                }
                if (before != null) {
                    closed.put(month, String.join("\n", exported));
                }
            }
        }
        LocalDate from = lastMonth.atDay(1 + random.nextInt(20));
        LocalDate to = thisMonth.atDay(1 + random.nextInt(20));
        ClosedPeriods periods = new ClosedPeriods(closings);
        assertThat(exported(from, to))
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .filter(row -> !by(row, periods).day().isBefore(from)
                                && by(row, periods).day().isBefore(to))
                        .map(row -> row.id() + " " + billed(row, periods))
                        .toList());
    }

    private static Billing by(Row row, ClosedPeriods periods) {
        return periods.of(row.eventTime(), row.bookedOn(), row.partition(), row.offset());
    }

    private static String billed(Row row, ClosedPeriods periods) {
        Billing billing = by(row, periods);
        return billing.day() + " " + billing.adjustment();
    }

    private List<String> exported(LocalDate from, LocalDate to) {
        HttpResponse<String> file = stack.asAcme(FILE + "format=ndjson&from=" + from + "&to=" + to);
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        return file.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .map(row -> row.path("id").asString() + " "
                        + row.path("billing_day").asString() + " "
                        + row.path("adjustment").asBoolean())
                .toList();
    }

    @Test
    void aMonthWhoseCutIsNotInTheBooksYetIsNotExported() {
        stack.commit(Topics.USAGE_EVENTS, 0, 4);
        ledger.close(thisMonth.minusMonths(7).toString(), "5,0");
        HttpResponse<String> early = stack.asAcme(FILE + "period=" + thisMonth.minusMonths(7));
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(json(early).path("code").asString()).isEqualTo("period_not_settled");
        assertThat(early.headers().firstValue("retry-after")).isPresent();
        stack.commit(Topics.USAGE_EVENTS, 0, 5);
        // Processed, and not written: what the topology made of it lies before the end of usage.rated as it is now.
        long rated = stack.sendInTransaction(Topics.USAGE_RATED, 0);
        assertThat(code(FILE + "period=" + thisMonth.minusMonths(7))).isEqualTo("period_not_settled");
        stack.sql("UPDATE sink_progress SET next_offset = " + (rated + 1)
                + " WHERE topic = 'usage.rated' AND partition = 0");
        assertThat(stack.asAcme(FILE + "period=" + thisMonth.minusMonths(7)).statusCode())
                .isEqualTo(200);
        // What comes later changes nothing about it.
        stack.sendInTransaction(Topics.USAGE_RATED, 0);
        assertThat(stack.asAcme(FILE + "period=" + thisMonth.minusMonths(7)).statusCode())
                .isEqualTo(200);
    }

    /** Their offsets are of one life of usage.events. */
    @Test
    void aMonthThatWasClosedByAnotherTopicIsRefusedAndSoIsTheOneWithItsAdjustments() {
        ledger.add(Row.usage("acme", "e1", monthBefore + "-03T10:00:00Z", monthBefore + "-03", 0, 10));
        ledger.close(monthBefore.toString(), "11,0", "of-a-topic-that-is-gone");
        // A file that was made before is handed out as it is; nobody has asked for this one.
        String path = FILE + "profile=focus-1.4&period=";
        HttpResponse<String> refused = stack.asAcme(path + monthBefore);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("code").asString()).isEqualTo("period_of_another_topic");
        assertThat(json(refused).path("detail").asString()).contains(monthBefore.toString(), "of-a-topic-that-is-gone");
        // The books themselves say which topic they are of, whether Kafka is there or not.
        sink.progress("usage.events", 0, 11);
        assertThat(code(path + lastMonth)).isEqualTo("period_of_another_topic");
        assertThat(stack.asAcme(path + thisMonth).statusCode()).isEqualTo(200);
        stack.sql("UPDATE sink_progress SET topic_id = 'of-a-topic-that-is-gone' WHERE topic = 'usage.events'");
        assertThat(stack.asAcme(path + lastMonth).statusCode()).isEqualTo(200);
        assertThat(code(path + monthBefore)).isEqualTo("period_of_another_topic");
    }

    /** Two are written, sixteen wait; nobody waits for a turn that may never come. */
    @Test
    void theNineteenthExportAtATimeIsRefusedForNow() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> all;
        try (Connection other = stack.postgres().connect();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("LOCK TABLE " + UsageApiStack.SCHEMA + ".billing_periods IN ACCESS EXCLUSIVE MODE");
            all = IntStream.range(0, 19)
                    .mapToObj(i -> stack.soonAsAcme(FILE + "profile=focus-1.4&period=" + lastMonth))
                    .toList();
            HttpResponse<?> refused = (HttpResponse<?>) CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValueAsLong("retry-after")).isPresent();
            assertThat(refused.body().toString()).contains("exports_busy", "2 exports are being written and 16 wait");
            assertThat(all).filteredOn(CompletableFuture::isDone).hasSize(1);
            other.rollback();
        }
        List<Integer> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> one : all) {
            answers.add(one.get(30, TimeUnit.SECONDS).statusCode());
        }
        assertThat(answers).filteredOn(answer -> answer == 200).hasSize(18);
    }

    @Test
    void theWatermarkStandsBeforeWhatIsNotInTheBooks() {
        for (int partition = 0; partition < UsageApiStack.PARTITIONS; partition++) {
            stack.commit(Topics.USAGE_EVENTS, partition, stack.end(Topics.USAGE_EVENTS, partition));
            stack.commit(Topics.USAGE_INBOX, partition, stack.end(Topics.USAGE_INBOX, partition));
        }
        Instant before = Instant.now();
        assertThat(watermark()).as("an idle system holds nothing back").isAfter(before.minusMillis(1));
        long offset = stack.send(Topics.USAGE_EVENTS, 1, "1", new byte[] {1});
        Instant sent = watermark();
        assertThat(sent).isBetween(before.minusMillis(1), Instant.now());
        assertThat(watermark()).as("it waits for that record").isEqualTo(sent);
        stack.commit(Topics.USAGE_EVENTS, 1, offset + 1);
        assertThat(watermark()).isAfter(sent);
        Instant booked = Instant.parse("2026-01-02T03:04:05.000006Z");
        long rated = stack.send(
                Topics.USAGE_RATED,
                1,
                "1",
                AvroCodec.<RatedUsage>of(Topics.USAGE_RATED, UsageApiStack.IDS).encode(rated(booked)));
        assertThat(watermark()).as("of the submission behind a rated usage").isEqualTo(booked);
        stack.sql("UPDATE sink_progress SET next_offset = " + (rated + 1)
                + " WHERE topic = 'usage.rated' AND partition = 1");
        assertThat(watermark()).isAfter(sent);
    }

    private Instant watermark() {
        String id = stack.asAcme(FILE + "period=" + thisMonth)
                .headers()
                .firstValue("x-export")
                .orElseThrow();
        return Instant.parse(json(stack.asAcme("/v1/exports/usage/manifest?export=" + id))
                .path("watermark")
                .asString());
    }

    @Test
    void aDownloadGoesOnWhereItBrokeOff() {
        ledger.add(IntStream.range(0, 200)
                .mapToObj(i -> Row.usage("acme", "e" + i, lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, i))
                .toArray(Row[]::new));
        String path = FILE + "period=" + lastMonth + "&format=ndjson";
        HttpResponse<String> whole = stack.asAcme(path);
        String tag = whole.headers().firstValue("etag").orElseThrow();
        String body = whole.body();
        HttpResponse<String> rest = stack.asAcme(path, "Range", "bytes=1000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(body.substring(1000));
        assertThat(rest.headers().firstValue("content-range"))
                .hasValue("bytes 1000-" + (body.length() - 1) + "/" + body.length());
        assertThat(rest.headers().firstValueAsLong("content-length")).hasValue(body.length() - 1000);
        assertThat(stack.asAcme(path, "Range", "bytes=10-19", "If-Range", tag).body())
                .isEqualTo(body.substring(10, 20));
        String byId = FILE + "export=" + tag.replace("\"", "");
        assertThat(stack.asAcme(byId, "Range", "bytes=-5").body()).isEqualTo(body.substring(body.length() - 5));
        assertThat(stack.asAcme(byId, "Range", "bytes=" + body.length() + "-").statusCode())
                .isEqualTo(416);
        // Another file than the reader has a part of: from the beginning.
        HttpResponse<String> other = stack.asAcme(path, "Range", "bytes=1000-", "If-Range", "\"another\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(body);
        HttpResponse<String> head = stack.headAsAcme(byId);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(body.length());
        assertThat(head.headers().firstValue("etag")).hasValue(tag);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void gzipIsACodingWhereItIsTakenAndAFileWhereItIsAskedFor() throws IOException {
        ledger.add(Row.usage("acme", "e1", lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, 1));
        String path = FILE + "period=" + lastMonth;
        String plain = stack.asAcme(path).body();
        HttpResponse<byte[]> coded = stack.bytesAsAcme(path, "Accept-Encoding", "br, gzip");
        assertThat(coded.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(coded.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
        assertThat(unpacked(coded.body())).isEqualTo(plain);
        HttpResponse<byte[]> file = stack.bytesAsAcme(path + "&gzip=true");
        assertThat(file.headers().firstValue("content-encoding")).isEmpty();
        assertThat(file.headers().firstValue("content-type")).hasValue("application/gzip");
        assertThat(file.body()).as("the same bytes each time").isEqualTo(coded.body());
        String id = file.headers().firstValue("x-export").orElseThrow();
        JsonNode manifest = json(stack.asAcme("/v1/exports/usage/manifest?export=" + id));
        assertThat(manifest.path("sha256").asString()).isEqualTo(sha256(file.body()));
        assertThat(manifest.path("plain_sha256").asString()).isEqualTo(sha256(plain.getBytes(StandardCharsets.UTF_8)));
        assertThat(manifest.path("file").asString()).endsWith(".csv.gz");
        assertThat(stack.asAcme(path, "Accept-Encoding", "gzip;q=0").body()).isEqualTo(plain);
    }

    /** Prices, markups, free lines, no list price, no price, and what PostgreSQL took without its lines. */
    @Test
    void everyFormatAndProfileSumsUpToTheLedger(@TempDir Path folder) throws IOException, SQLException {
        String marked =
                "{\"dimension\":\"output\",\"unit\":\"token\",\"quantity\":100,\"unit_price\":0.01,\"multiplier\":1.5,"
                        + "\"cost\":1.5,\"list_unit_price\":0.01,\"list_cost\":1,\"tier_from\":0}";
        String own =
                "{\"dimension\":\"input\",\"unit\":\"token\",\"quantity\":10,\"unit_price\":0.02,\"cost\":0.2,\"tier_from\":0}";
        String free = "{\"dimension\":\"input\",\"unit\":\"token\",\"quantity\":3,\"cost\":0,\"list_cost\":0}";
        Row priced = Row.usage("acme", "priced", lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, 1)
                .costing("[" + LINE + "," + marked + "]", "1.503", "1.003");
        ledger.add(
                priced,
                Row.usage("acme", "same", lastMonth + "-03T11:00:00Z", lastMonth + "-03", 0, 2)
                        .costing("[" + LINE + "]", "0.003", "0.003"),
                Row.usage("acme", "other-day", lastMonth + "-04T11:00:00Z", lastMonth + "-04", 0, 3)
                        .costing("[" + LINE + "]", "0.003", "0.003"),
                Row.usage("acme", "own", lastMonth + "-03T11:00:00Z", lastMonth + "-03", 0, 4)
                        .costing("[" + own + "," + marked + "]", "1.7", null),
                Row.usage("acme", "free", lastMonth + "-03T11:00:00Z", lastMonth + "-03", 0, 5)
                        .costing("[" + free + "]", "0", "0"),
                Row.usage("acme", "unpriced", lastMonth + "-03T11:00:00Z", lastMonth + "-03", 0, 6)
                        .costing("[" + LINE + "]", null, null),
                Row.usage("acme", "reduced", lastMonth + "-03T11:00:00Z", lastMonth + "-03", 0, 7)
                        .costing("[]", "0.7", "0.5")
                        .withoutLines());
        BigDecimal cost = new BigDecimal("3.909");
        BigDecimal listCost = new BigDecimal("1.509");
        for (String profile : List.of("native", "focus-1.2", "focus-1.4")) {
            boolean own1 = profile.equals("native");
            String costs = own1 ? "cost" : "BilledCost";
            String lists = own1 ? "list_cost" : "x_KnownListCost";
            String path = FILE + "period=" + lastMonth + "&profile=" + profile + "&format=";
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal list = BigDecimal.ZERO;
            List<String> rows = stack.asAcme(path + "ndjson").body().lines().toList();
            for (String line : rows) {
                JsonNode row = JsonMapper.shared().readTree(line);
                sum = sum.add(new BigDecimal(row.path(costs).asString("0")));
                list = list.add(new BigDecimal(row.path(lists).asString("0")));
            }
            assertThat(sum).as(profile).isEqualByComparingTo(cost);
            assertThat(list).as(profile).isEqualByComparingTo(listCost);
            Path parquet = Files.write(
                    folder.resolve(profile + ".parquet"),
                    stack.bytesAsAcme(path + "parquet").body());
            Path csv = Files.write(
                    folder.resolve(profile + ".csv"),
                    stack.bytesAsAcme(path + "csv").body());
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Statement sql = duck.createStatement()) {
                String decimal = own1 ? "cost_decimal" : "x_BilledCostDecimal";
                assertThat(one(sql, "SELECT sum(" + decimal + ") FROM '" + parquet + "'"))
                        .isEqualByComparingTo(cost);
                assertThat(one(sql, "SELECT sum(" + costs + "::DECIMAL(38,18)) FROM '" + parquet + "'"))
                        .isEqualByComparingTo(cost);
                assertThat(one(
                                sql,
                                "SELECT sum(" + lists + "::DECIMAL(38,18)) FROM read_csv('" + csv
                                        + "', all_varchar = true)"))
                        .isEqualByComparingTo(listCost);
            }
        }
        JsonNode manifest =
                json(stack.asAcme("/v1/exports/usage/manifest?profile=focus-1.2&format=csv&period=" + lastMonth));
        assertThat(manifest.path("unpriced").asInt()).isEqualTo(1);
        assertThat(manifest.path("ledger_rows").asInt()).isEqualTo(7);
        assertThat(manifest.path("sums").toString())
                .isEqualTo("[{\"currency\":\"USD\",\"cost\":\"3.909\",\"list_cost\":\"1.509\"}]");
        JsonNode together = stack.asAcme(FILE + "format=ndjson&profile=focus-1.2&period=" + lastMonth)
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(row -> row.path("x_LedgerRows").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(together.path("PricingQuantity").asString()).isEqualTo("2400");
        assertThat(together.path("BilledCost").asString()).isEqualTo("0.006");
    }

    /** What ends well is whole. */
    @Test
    void anExportThatBreaksOffBreaksItsReaderOff(@TempDir Path folder) throws IOException {
        ledger.add(IntStream.range(0, 6_000)
                .mapToObj(i -> Row.usage("acme", "e" + i, lastMonth + "-03T10:00:00Z", lastMonth + "-03", 0, i))
                .toArray(Row[]::new));
        Path left = Files.createDirectories(folder.resolve("dead"));
        Files.writeString(left.resolve("export"), "a bill");
        Files.writeString(folder.resolve("dead.lock"), "");
        try (var service = stack.start(
                stack.kafka().bootstrapServers(),
                "--tollgate.exports.folder=" + folder,
                "--tollgate.exports.max-size=300KB")) {
            int port = UsageApiStack.portOf(service);
            assertThat(left).as("what a dead process left behind").doesNotExist();
            String[] acme = {"Authorization", "Bearer secret-acme"};
            Awaitility.await().until(() -> stack.get(port, "/v1/quotas", acme).statusCode() == 200);
            assertThatThrownBy(() -> stack.get(port, FILE + "period=" + lastMonth, acme))
                    .hasRootCauseInstanceOf(IOException.class);
            assertThat(stack.get(port, FILE + "period=" + monthBefore, acme).statusCode())
                    .as("there is room again")
                    .isEqualTo(200);
        }
        try (var entries = Files.list(folder)) {
            assertThat(entries).isEmpty();
        }
    }

    private static RatedUsage rated(Instant booked) {
        return RatedUsage.newBuilder()
                .setCompany("acme")
                .setSource("s")
                .setId("1")
                .setSequence(0)
                .setKind(RowKind.USAGE)
                .setCause(SubmissionKind.USAGE)
                .setState(RatingState.RATED)
                .setRequests(1)
                .setEventTime(0)
                .setBookedAt(ChronoUnit.MICROS.between(Instant.EPOCH, booked))
                .setEventsPartition(1)
                .setEventsOffset(0)
                .setProvider("openai")
                .setModel("gpt-4o")
                .setLines(List.of())
                .setTokens(Decimals.toAvro(Decimal.ZERO))
                .build();
    }

    private String code(String path) {
        return json(stack.asAcme(path)).path("code").asString();
    }

    private static BigDecimal one(Statement sql, String select) throws SQLException {
        try (ResultSet row = sql.executeQuery(select)) {
            row.next();
            return row.getBigDecimal(1);
        }
    }

    private static byte[] bytes(HttpResponse<String> response) {
        return response.body().getBytes(StandardCharsets.UTF_8);
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
