package io.tollgate.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final long NOW_MICROS = NOW.getEpochSecond() * 1_000_000;
    static final Sender SENDER = new Sender("acme", "key_1", null, Map.of(), true, true);

    private final EventParser parser = new EventParser(1000, 64);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\" | 0af7651916cd43dd8448eb211c80319c",
                "\"00-1\" | none",
                "17 | none",
                "null | none",
                "{\"a\":[1]} | none"
            })
    void anEventMaySayWhichTraceItIsPartOf(String traceparent, String traceId) {
        Verdict verdict = one(
                """
                {"traceparent":%s,"tracestate":"a=b","specversion":"1.0","id":"req-1","source":"s","type":"tollgate.usage.v1",
                 "data":{"provider":"openai","model":"gpt-4o","dimensions":{"input":1}}}
                """
                        .formatted(traceparent));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        TraceContext trace = ((Verdict.Accepted) verdict).trace();
        assertThat(trace == null ? null : trace.traceId()).isEqualTo(traceId);
        assertThat(trace == null ? null : trace.tracestate()).isEqualTo(traceId == null ? null : "a=b");
    }

    @Test
    void aWholeUsageBecomesItsRecord() {
        Submission submission = accepted(
                """
                {"specversion":"1.0","id":"req-1","source":"search-service","type":"tollgate.usage.v1","subject":"user-42",
                 "time":"2026-11-21T09:59:00.123456Z","traceparent":"00-1","data":{"provider":"anthropic",
                 "model":"claude-sonnet-4-5","operation":"chat","request_id":"req_018","dimensions":{"input":1200,
                 "cache_read":"800","output":300},"service_tier":"standard","region":null,"variant":"v","status":200,
                 "latency_ms":812,"billable":true,"reservation":"rsv_1","labels":{"team":"search"},"more":{"a":[1]}}}
                """);

        assertThat(submission.getCompany()).isEqualTo("acme");
        assertThat(submission.getKind()).isEqualTo(SubmissionKind.USAGE);
        assertThat(submission.getSource()).isEqualTo("search-service");
        assertThat(submission.getId()).isEqualTo("req-1");
        assertThat(submission.getAuthId()).isEqualTo("key_1");
        assertThat(submission.getRevision()).isEqualTo(1);
        assertThat(submission.getReceivedAt()).isEqualTo(NOW_MICROS);
        Usage usage = submission.getUsage();
        assertThat(usage.getEventTime()).isEqualTo(NOW_MICROS - 59_876_544);
        assertThat(usage.getEventTimeGiven()).isTrue();
        assertThat(usage.getUser()).isEqualTo("user-42");
        assertThat(usage.getProvider()).isEqualTo("anthropic");
        assertThat(usage.getModel()).isEqualTo("claude-sonnet-4-5");
        assertThat(usage.getOperation()).isEqualTo("chat");
        assertThat(usage.getRequestId()).isEqualTo("req_018");
        assertThat(usage.getServiceTier()).isEqualTo("standard");
        assertThat(usage.getRegion()).isNull();
        assertThat(usage.getVariant()).isEqualTo("v");
        assertThat(usage.getStatus()).isEqualTo(200);
        assertThat(usage.getLatencyMs()).isEqualTo(812);
        assertThat(usage.getBillable()).isTrue();
        assertThat(usage.getReservation()).isEqualTo("rsv_1");
        assertThat(usage.getLabels()).containsExactly(Map.entry("team", "search"));
        assertThat(quantities(usage))
                .containsExactlyInAnyOrderEntriesOf(Map.of("input", "1200", "cache_read", "800", "output", "300"));
        assertThat(submission.getFingerprint()).isEqualTo(Fingerprint.of(submission));
    }

    @Test
    void theRecordKeyIsTheEventsHash() {
        Verdict.Accepted verdict = (Verdict.Accepted) one(usage(""));
        assertThat(verdict.key()).isEqualTo(EventHash.of("acme", "s", "e"));
    }

    @Test
    void dataMayComeBeforeItsType() {
        String data = "\"data\":{\"provider\":\"p\",\"model\":\"é✓\",\"dimensions\":{\"input\":7},\"x\":{\"y\":[{}]}}";
        String rest = "\"type\":\"tollgate.usage.v1\",\"id\":\"e\",\"source\":\"s\",\"specversion\":\"1.0\"";
        Submission late = accepted("{" + rest + "," + data + "}");
        Submission early = accepted(" { " + data + " , " + rest + "}");
        assertThat(early).isEqualTo(late);
        assertThat(early.getUsage().getModel()).isEqualTo("é✓");

        List<Verdict> batch = batch("[{" + data + "," + rest + "}, {" + rest + "," + data + "}]");
        assertThat(batch).allSatisfy(verdict -> assertThat(((Verdict.Accepted) verdict).submission())
                .isEqualTo(late));
    }

    @Test
    void aMistakeInDataThatComesFirstIsPointedTo() {
        assertThat(rejection(
                                "{\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":-1}},"
                                        + "\"type\":\"tollgate.usage.v1\",\"id\":\"e\",\"source\":\"s\",\"specversion\":\"1.0\"}")
                        .pointer())
                .isEqualTo("/data/dimensions/input");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "1,1",
        "9007199254740993,9007199254740993",
        "999999999999999999,999999999999999999",
        "9223372036854775808,9223372036854775808",
        "99999999999999999999999999999999999999,99999999999999999999999999999999999999",
        "1e37,10000000000000000000000000000000000000",
        "0.000000000001,0.000000000001",
        "1e-12,0.000000000001",
        "1.50,1.5",
        "2.5E+3,2500",
        "12345678901234567890123456.123456789012,12345678901234567890123456.123456789012",
        "1.0000000000000000000000000,1",
    })
    void aQuantityIsTakenByItsText(String sent, String exact) {
        assertThat(quantity(sent)).isEqualTo(exact);
        assertThat(quantity("\"" + sent + "\"")).isEqualTo(exact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0.5",
                "-1e-12",
                "1e400",
                "1e-999999999",
                "1e999999999",
                "1e-13",
                "0.0000000000001",
                "1e38",
                "100000000000000000000000000000000000000",
                "\"NaN\"",
                "\"Infinity\"",
                "\"-1\"",
                "\"abc\"",
                "\"\"",
                "\" 1\"",
                "\"1 \"",
                "\"+1\"",
                "\"1.\"",
                "\".5\"",
                "\"1e\"",
                "\"0x10\"",
                "\"1_000\"",
                "\"1,000\"",
                "\"١٢\"",
                "\"1\\u0000\"",
                "null",
                "true",
                "{}",
                "[1]",
                "\"1e400\"",
                "\"1e-999999999\"",
                "\"99999999999999999999999999999999999999999\"",
            })
    void whatIsNoQuantityIsRejectedAndItsNeighboursAreIn(String quantity) {
        List<Verdict> verdicts = batch("[" + usage("") + ","
                + usage("").replace("\"dimensions\":{", "\"dimensions\":{\"cache_read\":" + quantity + ",") + ","
                + usage("") + "]");
        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdicts.get(2)).isInstanceOf(Verdict.Accepted.class);
        Rejection rejection = ((Verdict.Rejected) verdicts.get(1)).rejection();
        assertThat(rejection.code()).isEqualTo(RejectionCode.INVALID_QUANTITY);
        assertThat(rejection.pointer()).isEqualTo("/1/data/dimensions/cache_read");
        assertThat(verdicts.get(1).id()).isEqualTo("e");
    }

    @Test
    void aNumberOfManyDigitsIsRejectedAndNotComputed() {
        assertThat(rejection(withQuantity("9".repeat(100_000))).code()).isEqualTo(RejectionCode.INVALID_QUANTITY);
        assertThat(rejection(withQuantity("0." + "1".repeat(100_000))).code())
                .isEqualTo(RejectionCode.INVALID_QUANTITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\":\"e\",          |                       | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":\"\"           | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":null           | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":7              | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":[\"e\"]        | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":\"a\\u0000b\"  | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":\"a\\ud800b\"  | INVALID_EVENT    | /id",
                "\"id\":\"e\"           | \"id\":\"e\",\"id\":\"f\" | INVALID_EVENT | /id",
                "\"source\":\"s\",      |                       | INVALID_EVENT    | /source",
                "\"specversion\":\"1.0\",|                      | INVALID_EVENT    | /specversion",
                "\"specversion\":\"1.0\"| \"specversion\":\"0.3\" | INVALID_EVENT  | /specversion",
                "\"type\":\"tollgate.usage.v1\",|               | INVALID_EVENT    | /type",
                "tollgate.usage.v1      | tollgate.usage.v9     | UNKNOWN_TYPE     | /type",
                "tollgate.usage.v1      | tollgate.response.v1  | INVALID_EVENT    | /data/dimensions",
                "\"provider\":\"p\",    |                       | MISSING_PROVIDER | /data/provider",
                "\"provider\":\"p\"     | \"provider\":\" \"    | MISSING_PROVIDER | /data/provider",
                "\"provider\":\"p\"     | \"provider\":null     | MISSING_PROVIDER | /data/provider",
                "\"provider\":\"p\"     | \"provider\":{\"a\":1}| INVALID_EVENT    | /data/provider",
                "\"model\":\"m\",       |                       | MISSING_MODEL    | /data/model",
                "\"model\":\"m\",       | \"model\":\"m\",\"model\":\"n\", | INVALID_EVENT | /data/model",
                "\"dimensions\":{\"input\":7} | \"dimensions\":{} | INVALID_EVENT  | /data/dimensions",
                "\"dimensions\":{\"input\":7} | \"dimensions\":[7] | INVALID_EVENT | /data/dimensions",
                "\"dimensions\":{\"input\":7} | \"dimensions\":null | INVALID_EVENT | /data/dimensions",
                "\"dimensions\":{\"input\":7} | \"x\":1         | INVALID_EVENT    | /data/dimensions",
                "\"input\":7            | \"input\":7,\"input\":8 | INVALID_EVENT  | /data/dimensions/input",
                "\"input\":7            | \"In/put~\":7         | INVALID_EVENT    | /data/dimensions/In~1put~0",
                "\"input\":7            | \"\":7                | INVALID_EVENT    | /data/dimensions/",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"status\":\"200\" | INVALID_EVENT | /data/status",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"status\":1e400   | INVALID_EVENT | /data/status",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"latency_ms\":-1  | INVALID_EVENT | /data/latency_ms",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"billable\":1     | INVALID_EVENT | /data/billable",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"labels\":[]      | INVALID_EVENT | /data/labels",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"labels\":{\"a\":1} | INVALID_EVENT | /data/labels/a",
                "\"provider\":\"p\"     | \"provider\":\"p\",\"labels\":{\"\":\"1\"} | INVALID_EVENT | /data/labels",
                "\"id\":\"e\"           | \"id\":\"e\",\"subject\":5 | INVALID_EVENT | /subject",
                "\"id\":\"e\"           | \"id\":\"e\",\"time\":\"yesterday\" | INVALID_EVENT | /time",
                "\"id\":\"e\"           | \"id\":\"e\",\"data_base64\":\"e30=\" | INVALID_EVENT | /data_base64",
                "\"id\":\"e\"           | \"id\":\"e\",\"time\":\"2026-11-21T10:15:01Z\" | TIMESTAMP_IN_FUTURE | /time",
                "\"id\":\"e\"           | \"id\":\"e\",\"time\":\"2026-08-23T10:00:00Z\""
                        + " | TIMESTAMP_TOO_FAR_IN_PAST | /time",
            })
    void whatIsWrongIsNamedAndPointedTo(String part, String replacement, RejectionCode code, String pointer) {
        String json = usage("").replace(part.trim(), replacement == null ? "" : replacement.trim());
        Rejection rejection = rejection(json);
        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.pointer()).isEqualTo(pointer);
        assertThat(rejection.detail()).isNotBlank();

        List<Verdict> verdicts = batch("[" + usage("") + "," + json + "," + usage("") + "]");
        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
        assertThat(((Verdict.Rejected) verdicts.get(1)).rejection().pointer()).isEqualTo("/1" + pointer);
        assertThat(verdicts.get(2)).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T10:15:00Z", "2026-10-18T10:00:00Z", "2026-11-21T11:00:00+01:00"})
    void timesUpToTheBoundsAreTaken(String time) {
        Usage usage = accepted(usage("\"time\":\"" + time + "\",")).getUsage();
        assertThat(usage.getEventTime()).isEqualTo(Timestamps.parse(time));
        assertThat(usage.getEventTimeGiven()).isTrue();
    }

    @Test
    void withoutATimeItIsTheGatewaysClock() {
        Usage usage = accepted(usage("")).getUsage();
        assertThat(usage.getEventTime()).isEqualTo(NOW_MICROS);
        assertThat(usage.getEventTimeGiven()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"status\":500", "\"billable\":false"})
    void whatFailedOrIsFreeMayHaveUsedNothing(String member) {
        Submission submission =
                accepted(usage("").replace("\"dimensions\":{\"input\":7}", "\"dimensions\":{}," + member));
        assertThat(submission.getUsage().getDimensions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "subject", "provider", "model", "operation", "request_id", "region"})
    void aTextThatIsTooLongIsRejected(String member) {
        String text = "x".repeat(257);
        boolean inData = !List.of("id", "source", "subject").contains(member);
        String json = usage("")
                .replaceAll("\"" + member + "\":\"[a-z]*\",", "")
                .replace(
                        inData ? "\"data\":{" : "{\"specversion",
                        inData
                                ? "\"data\":{\"" + member + "\":\"" + text + "\","
                                : "{\"" + member + "\":\"" + text + "\",\"specversion");
        Rejection rejection = rejection(json);
        assertThat(rejection.code()).isEqualTo(RejectionCode.VALUE_TOO_LONG);
        assertThat(rejection.pointer()).isEqualTo((inData ? "/data/" : "/") + member);
        assertThat(one(json.replace(text, text.substring(1)))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void moreThan64DimensionsAreTooMany() {
        assertThat(accepted(withDimensions(64)).getUsage().getDimensions()).hasSize(64);
        assertThat(rejection(withDimensions(65)).code()).isEqualTo(RejectionCode.TOO_MANY_DIMENSIONS);
        assertThat(rejection(withDimensions(65)).pointer()).isEqualTo("/data/dimensions");
    }

    @Test
    void moreThan64LabelsAreRejected() {
        assertThat(accepted(withLabels(64)).getUsage().getLabels()).hasSize(64);
        assertThat(rejection(withLabels(65)).code()).isEqualTo(RejectionCode.INVALID_EVENT);
        assertThat(rejection(withLabels(65)).pointer()).isEqualTo("/data/labels");
    }

    @Test
    void aVoidNamesItsTarget() {
        Verdict.Accepted verdict =
                (Verdict.Accepted) one(correction("void", "\"reason\":\"test call\",\"provider\":5"));
        Submission submission = verdict.submission();
        assertThat(submission.getKind()).isEqualTo(SubmissionKind.VOID);
        assertThat(submission.getSource()).isEqualTo("target");
        assertThat(submission.getId()).isEqualTo("t1");
        assertThat(submission.getCorrectionSource()).isEqualTo("ops");
        assertThat(submission.getCorrectionId()).isEqualTo("c1");
        assertThat(submission.getReason()).isEqualTo("test call");
        assertThat(submission.getUsage()).isNull();
        assertThat(submission.getFingerprint()).isZero();
        assertThat(verdict.id()).isEqualTo("c1");
        assertThat(verdict.key()).isEqualTo(EventHash.of("acme", "target", "t1"));
    }

    @Test
    void anAmendHoldsTheUsageAsItReallyWas() {
        Submission submission = accepted(correction(
                "amend", "\"revision\":2,\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":9}}"));
        assertThat(submission.getKind()).isEqualTo(SubmissionKind.AMEND);
        assertThat(submission.getRevision()).isEqualTo(2);
        assertThat(quantities(submission.getUsage())).containsExactly(Map.entry("input", "9"));
        assertThat(submission.getUsage().getEventTimeGiven()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"revision\":1,\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{}} | /data/revision",
                "\"revision\":2.5,\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{}} | /data/revision",
                "\"revision\":99999999999,\"data\":{} | /data/revision",
                "\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":1}} | /data/revision",
                "\"revision\":2 | /data/data",
                "\"revision\":2,\"data\":7 | /data/data",
                "\"revision\":2,\"data\":{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":-9}}"
                        + " | /data/data/dimensions/input",
            })
    void anAmendThatIsWrongIsPointedTo(String members, String pointer) {
        assertThat(rejection(correction("amend", members)).pointer()).isEqualTo(pointer);
    }

    @Test
    void aCorrectionWithoutTargetIsRejected() {
        assertThat(rejection(correction("void", "").replace("\"source\":\"target\",", ""))
                        .pointer())
                .isEqualTo("/data/source");
        assertThat(rejection(correction("void", "").replace("\"id\":\"t1\"", "\"x\":1"))
                        .pointer())
                .isEqualTo("/data/id");
    }

    @Test
    void eachKindNeedsItsScope() {
        Sender ingests = new Sender("acme", "key_1", null, Map.of(), true, false);
        Sender corrects = new Sender("acme", "key_1", null, Map.of(), false, true);
        String mixed = "[" + usage("") + "," + correction("void", "") + "]";
        List<Verdict> ofIngesting = batch(mixed, ingests);
        assertThat(ofIngesting.get(0)).isInstanceOf(Verdict.Accepted.class);
        assertThat(((Verdict.Rejected) ofIngesting.get(1)).rejection().code()).isEqualTo(RejectionCode.SCOPE_MISSING);
        List<Verdict> ofCorrecting = batch(mixed, corrects);
        assertThat(((Verdict.Rejected) ofCorrecting.get(0)).rejection().code()).isEqualTo(RejectionCode.SCOPE_MISSING);
        assertThat(ofCorrecting.get(1)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatAKeyAddsDoesNotChangeTheFingerprint() {
        Sender key = new Sender("acme", "key_2", "user-9", Map.of("team", "ops", "env", "prod"), true, true);
        String json = usage("\"subject\":\"someone\",")
                .replace("\"provider\":\"p\"", "\"provider\":\"p\",\"labels\":{\"team\":\"search\",\"none\":null}");
        Submission plain = accepted(json);
        Submission keyed = ((Verdict.Accepted) one(json, key)).submission();
        assertThat(keyed.getUsage().getUser()).isEqualTo("user-9");
        assertThat(keyed.getUsage().getLabels())
                .containsExactlyInAnyOrderEntriesOf(Map.of("team", "search", "env", "prod"));
        assertThat(keyed.getFingerprint()).isEqualTo(plain.getFingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not json",
                "{",
                "[",
                "[{}",
                "{}{}",
                "[] []",
                "{\"id\":NaN}",
                "{\"id\":01}",
                "{\"id\":'e'}",
                "{\"id\":\"\\x\"}",
                "null",
                "7",
                "\"text\"",
                "{\"data\":{\"dimensions\":{\"input\":1,}}}",
            })
    void whatIsNoJsonOfEventsIsUnreadable(String body) {
        EventParser.Unreadable unreadable = (EventParser.Unreadable) parse(body, EventFormat.EITHER, SENDER);
        assertThat(unreadable.problem().status()).isEqualTo(400);
        assertThat(unreadable.problem().code()).isEqualTo("unreadable_body");
    }

    @Test
    void aBatchThatBreaksOffIsUnreadableAsAWhole() {
        assertThat(parse("[" + usage("") + ",{\"id\":", EventFormat.EITHER, SENDER))
                .isInstanceOf(EventParser.Unreadable.class);
    }

    @Test
    void utf16IsUnreadable() {
        byte[] body = usage("").getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThat(parser.parse(body, body.length, EventFormat.EITHER, SENDER, NOW_MICROS))
                .isInstanceOf(EventParser.Unreadable.class);
    }

    @Test
    void deepNestingIsUnreadable() {
        for (String deep : List.of("[".repeat(10_000), "{\"a\":".repeat(10_000), "{\"data\":" + "[".repeat(10_000))) {
            EventParser.Unreadable unreadable = (EventParser.Unreadable) parse(deep, EventFormat.EITHER, SENDER);
            assertThat(unreadable.problem().status()).isEqualTo(400);
            assertThat(unreadable.problem().code()).isEqualTo("too_deep");
        }
    }

    @Test
    void moreEventsThanABatchMayHoldAreTooLarge() {
        String two = IntStream.range(0, 2_000).mapToObj(i -> usage("")).collect(Collectors.joining(",", "[", "]"));
        EventParser.Unreadable unreadable = (EventParser.Unreadable) parse(two, EventFormat.BATCH, SENDER);
        assertThat(unreadable.problem().status()).isEqualTo(413);
        assertThat(unreadable.problem().code()).isEqualTo("too_many_events");
        String one = IntStream.range(0, 1_000).mapToObj(i -> usage("")).collect(Collectors.joining(",", "[", "]"));
        assertThat(batch(one)).hasSize(1_000);
    }

    @Test
    void theTypeOfTheBodyIsHeldToWhatWasSaid() {
        assertThat(parse("[]", EventFormat.ONE, SENDER)).isInstanceOf(EventParser.Unreadable.class);
        assertThat(parse(usage(""), EventFormat.BATCH, SENDER)).isInstanceOf(EventParser.Unreadable.class);
        assertThat(batch("[]")).isEmpty();
    }

    @Test
    void whatIsNoObjectInABatchIsRejectedAlone() {
        List<Verdict> verdicts = batch("[" + usage("") + ",7,null,[[1]],\"x\"," + usage("") + "]");
        assertThat(verdicts).hasSize(6);
        assertThat(verdicts.get(5)).isInstanceOf(Verdict.Accepted.class);
        assertThat(((Verdict.Rejected) verdicts.get(3)).rejection().pointer()).isEqualTo("/3");
    }

    @Test
    void inBinaryModeTheBodyIsTheData() {
        byte[] body = "{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":7}}".getBytes(UTF_8);
        Map<String, String> attributes = Map.of(
                "specversion", "1.0", "id", "e", "source", "s", "type", "tollgate.usage.v1", "traceparent", "00-1");
        EventParser.Events events =
                (EventParser.Events) parser.parseData(body, body.length, attributes, SENDER, NOW_MICROS);
        assertThat(((Verdict.Accepted) events.verdicts().get(0)).submission()).isEqualTo(accepted(usage("")));

        EventParser.Events without = (EventParser.Events)
                parser.parseData(body, body.length, Map.of("specversion", "1.0"), SENDER, NOW_MICROS);
        assertThat(((Verdict.Rejected) without.verdicts().get(0)).rejection().pointer())
                .isEqualTo("/id");
    }

    static String usage(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"s\"," + more
                + "\"type\":\"tollgate.usage.v1\",\"data\":{\"provider\":\"p\",\"model\":\"m\","
                + "\"dimensions\":{\"input\":7}}}";
    }

    static String correction(String kind, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"c1\",\"source\":\"ops\",\"type\":\"tollgate." + kind
                + ".v1\",\"data\":{\"source\":\"target\",\"id\":\"t1\"" + (more.isEmpty() ? "" : "," + more) + "}}";
    }

    private static String withQuantity(String quantity) {
        return usage("").replace("\"input\":7", "\"input\":" + quantity);
    }

    private static String withDimensions(int count) {
        return usage("")
                .replace(
                        "\"input\":7",
                        IntStream.range(0, count)
                                .mapToObj(i -> "\"d" + i + "\":" + i)
                                .collect(Collectors.joining(",")));
    }

    private static String withLabels(int count) {
        return usage("")
                .replace(
                        "\"provider\"",
                        IntStream.range(0, count)
                                        .mapToObj(i -> "\"l" + i + "\":\"" + i + "\"")
                                        .collect(Collectors.joining(",", "\"labels\":{", "},"))
                                + "\"provider\"");
    }

    private String quantity(String text) {
        return String.valueOf(
                quantities(accepted(withQuantity(text)).getUsage()).get("input"));
    }

    static Map<String, String> quantities(Usage usage) {
        return usage.getDimensions().stream()
                .collect(Collectors.toMap(
                        DimensionQuantity::getDimension,
                        counted -> Decimals.fromAvro(counted.getQuantity()).toString()));
    }

    private Submission accepted(String json) {
        Verdict verdict = one(json);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).submission();
    }

    private Rejection rejection(String json) {
        Verdict verdict = one(json);
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        return ((Verdict.Rejected) verdict).rejection();
    }

    private Verdict one(String json) {
        return one(json, SENDER);
    }

    private Verdict one(String json, Sender sender) {
        EventParser.Parsed parsed = parse(json, EventFormat.ONE, sender);
        assertThat(parsed).isInstanceOf(EventParser.Events.class);
        return ((EventParser.Events) parsed).verdicts().get(0);
    }

    private List<Verdict> batch(String json) {
        return batch(json, SENDER);
    }

    private List<Verdict> batch(String json, Sender sender) {
        EventParser.Parsed parsed = parse(json, EventFormat.BATCH, sender);
        assertThat(parsed).isInstanceOf(EventParser.Events.class);
        return ((EventParser.Events) parsed).verdicts();
    }

    private EventParser.Parsed parse(String json, EventFormat format, Sender sender) {
        byte[] body = json.getBytes(UTF_8);
        return parser.parse(body, body.length, format, sender, NOW_MICROS);
    }
}
