package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterFixTest {
    private static final long NOW = Timestamps.parse("2026-11-21T10:00:00Z");
    private static final long THEN = Timestamps.parse("2026-11-20T10:00:00Z");
    private static final String DATA = "{'provider':'openai','model':'gpt-4o','dimensions':{'input':'12'}}";

    static {
        AvroGuards.set();
    }

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aUsageStaysTheEventThatItIsAndArrivedAsItDid() {
        Submission fixed = good("{'data':" + DATA + "}", usage("it", "1"));
        assertThat(names(fixed)).isEqualTo("acme it 1");
        assertThat(fixed.getKind()).isEqualTo(SubmissionKind.USAGE);
        assertThat(fixed.getAuthId()).isEqualTo("key_1");
        assertThat(fixed.getReceivedAt()).isEqualTo(THEN + 1);
        assertThat(fixed.getCorrectionSource()).isNull();
        assertThat(fixed.getUsage().getDimensions())
                .containsExactly(new DimensionQuantity("input", new ExactDecimal(12L, 0, null)));
        assertThat(fixed.getUsage().getUser()).isEqualTo("ann");
        assertThat(fixed.getUsage().getEventTime()).isEqualTo(THEN);
        assertThat(fixed.getUsage().getEventTimeGiven()).isFalse();
        assertThat(fixed.getUsage().getOverQuotas()).containsExactly("acme-month");
    }

    @Test
    void itsTimeAndItsUserMayHaveBeenWrong() {
        Submission fixed = good("{'data':" + DATA + ",'time':'2026-11-19T00:00:00Z','subject':null}", usage("it", "1"));
        assertThat(fixed.getUsage().getEventTime()).isEqualTo(Timestamps.parse("2026-11-19T00:00:00Z"));
        assertThat(fixed.getUsage().getEventTimeGiven()).isTrue();
        assertThat(fixed.getUsage().getUser()).isNull();
    }

    @Test
    void whatNobodyKnowsTheKindOfIsAUsage() {
        Submission later = Submission.newBuilder(usage("it", "1"))
                .setKind(SubmissionKind.UNKNOWN)
                .build();
        assertThat(good("{'data':" + DATA + "}", later).getKind()).isEqualTo(SubmissionKind.USAGE);
    }

    @Test
    void aVendorsBodyMayStandInItsPlace() {
        Submission fixed = good(
                "{'type':'tollgate.response.v1','data':{'provider':'openai','format':'openai.chat','response':"
                        + "{'model':'gpt-4o','usage':{'prompt_tokens':3,'completion_tokens':1,'total_tokens':4}}}}",
                usage("it", "1"));
        assertThat(fixed.getUsage().getDimensions())
                .contains(new DimensionQuantity("input", new ExactDecimal(3L, 0, null)));
    }

    @Test
    void anAmendStaysTheAmendOfItsEvent() {
        Submission amend = Submission.newBuilder(usage("it", "1"))
                .setKind(SubmissionKind.AMEND)
                .setRevision(3)
                .setReason("wrong model")
                .setCorrectionSource("desk")
                .setCorrectionId("fix-1")
                .build();
        Submission fixed = good("{'data':{'data':" + DATA + "}}", amend);
        assertThat(names(fixed)).isEqualTo("acme it 1");
        assertThat(fixed.getKind()).isEqualTo(SubmissionKind.AMEND);
        assertThat(fixed.getRevision()).isEqualTo(3);
        assertThat(fixed.getReason()).isEqualTo("wrong model");
        assertThat(fixed.getCorrectionSource() + " " + fixed.getCorrectionId()).isEqualTo("desk fix-1");
        assertThat(fixed.getUsage().getUser()).isEqualTo("ann");

        assertThat(fix("{'data':{'id':'2','data':" + DATA + "}}", amend)).isNull();
        assertThat(errors).extracting(FieldError::pointer).containsExactly("/data/id");
    }

    @Test
    void aVoidFromTheInboxNeedNotNameItself() {
        Submission bare = Submission.newBuilder(usage("it", "1"))
                .setKind(SubmissionKind.VOID)
                .setReason("x".repeat(2_000))
                .setUsage(null)
                .build();
        Submission fixed = good("{'data':{'reason':'shorter'}}", bare);
        assertThat(fixed.getKind()).isEqualTo(SubmissionKind.VOID);
        assertThat(fixed.getReason()).isEqualTo("shorter");
        assertThat(fixed.getCorrectionId()).isNull();
    }

    @Test
    void aNameIsSaidOnlyWhereTheOriginalHasNoneThatCanBeKept() {
        Submission fixed = good("{'id':'short','data':" + DATA + "}", usage("it", "x".repeat(257)));
        assertThat(names(fixed)).isEqualTo("acme it short");

        Submission unreadable = good(
                "{'company':'acme','source':'it','id':'9','time':'2026-11-19T00:00:00Z','data':" + DATA + "}", null);
        assertThat(names(unreadable)).isEqualTo("acme it 9");
        assertThat(unreadable.getAuthId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                             | /data          | missing",
                "{'data':7}                                                     | /data          | invalid",
                "{'data':DATA,'id':'2'}                                         | /id            | invalid",
                "{'data':DATA,'company':'beta'}                                 | /company       | invalid",
                "{'data':DATA,'type':'tollgate.void.v1'}                        | /type          | invalid",
                "{'data':DATA,'times':'2026-11-19T00:00:00Z'}                   | /times         | unknown_member",
                "{'data':DATA,'time':'2026-09-01T00:00:00Z'}                    | /time          | timestamp_too_far_in_past",
                "{'data':DATA,'time':'yesterday'}                               | /time          | invalid_event",
                "{'data':{'provider':'openai','dimensions':{'input':1}}}        | /data/model    | missing_model",
                "{'data':{'provider':'o','model':'m','dimensions':{'input':-1}}} | /data/dimensions/input | invalid_quantity",
            })
    void whatTheGatewayWouldNotTakeIsNoFix(String body, String pointer, String code) {
        assertThat(fix(body.replace("DATA", DATA), usage("it", "1"))).isNull();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).pointer() + " " + errors.get(0).code()).isEqualTo(pointer + " " + code);
    }

    @Test
    void withoutAnOriginalAllThatNamesTheEventIsAskedFor() {
        assertThat(fix("{'data':" + DATA + "}", null)).isNull();
        assertThat(errors).extracting(FieldError::pointer).containsExactly("/company", "/source", "/id");
    }

    /** One that is taken. */
    private Submission good(String body, @Nullable Submission original) {
        Submission fixed = fix(body, original);
        assertThat(errors).isEmpty();
        return Objects.requireNonNull(fixed);
    }

    private @Nullable Submission fix(String body, @Nullable Submission original) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode("invalid_quantity")
                .setDetail("")
                .setOriginTopic("usage.inbox")
                .setOriginPartition(0)
                .setOriginOffset(1)
                .setOriginTimestamp(THEN)
                .build();
        return DeadLetterFix.read(Json.MAPPER.readTree(body.replace('\'', '"')), letter, original, NOW, errors);
    }

    private static String names(Submission submission) {
        return submission.getCompany() + " " + submission.getSource() + " " + submission.getId();
    }

    /** Of a time that the gateway gave it, with a quantity that nobody can count. */
    private static Submission usage(String source, String id) {
        return Submission.newBuilder()
                .setCompany("acme")
                .setKind(SubmissionKind.USAGE)
                .setSource(source)
                .setId(id)
                .setAuthId("key_1")
                .setReceivedAt(THEN + 1)
                .setUsage(Usage.newBuilder()
                        .setEventTime(THEN)
                        .setEventTimeGiven(false)
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setUser("ann")
                        .setOverQuotas(List.of("acme-month"))
                        .setDimensions(List.of(new DimensionQuantity("input", new ExactDecimal(-1L, 0, null))))
                        .build())
                .build();
    }
}
