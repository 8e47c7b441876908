package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void whatIsNotThereReadsAsAbsent() {
        Fields fields = fields("{\"name\":null}");

        assertThat(fields.text("name")).isNull();
        assertThat(fields.text("other")).isNull();
        assertThat(fields.decimal("other")).isNull();
        assertThat(fields.time("other")).isNull();
        assertThat(fields.list("other")).isNull();
        assertThat(fields.texts("other")).isEmpty();
        assertThat(fields.flag("other", true)).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void whatIsNoObjectHasNoMembers() {
        Fields fields = fields("[1]", "/0");

        assertThat(fields.required("name")).isEmpty();
        fields.refuseOthers();
        assertThat(errors)
                .containsExactly(
                        new FieldError("/0", "invalid", "must be a JSON object"),
                        new FieldError("/0/name", "missing", "name: is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\" \"}"})
    void aRequiredTextThatIsBlankIsMissing(String body) {
        assertThat(fields(body).required("name")).isEmpty();
        assertThat(errors).containsExactly(new FieldError("/name", "missing", "name: is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "0.1e-2147483649", "{\"limit\":[1e99999999999]}"})
    void anExponentThatNoDecimalHasIsTheCallersFault(String body) {
        Problem problem = Fields.parse(body.getBytes(StandardCharsets.UTF_8)).problem();

        assertThat(Objects.requireNonNull(problem).status()).isEqualTo(400);
        assertThat(problem.detail()).contains("a number is out of all bounds");
    }

    @Test
    void aRequiredTextThatIsWrongIsNotCalledMissingAsWell() {
        assertThat(fields("{\"name\":7}").required("name")).isEmpty();
        assertThat(errors).containsExactly(new FieldError("/name", "invalid", "name: must be a string"));
    }

    @Test
    void aTextHasAtMost256Characters() {
        assertThat(fields("{\"a\":\"" + "x".repeat(256) + "\"}").text("a")).hasSize(256);
        assertThat(errors).isEmpty();

        assertThat(fields("{\"a\":\"" + "x".repeat(257) + "\"}").text("a")).isNull();
        assertThat(errors).containsExactly(new FieldError("/a", "value_too_long", "a: at most 256 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00\\ud800"})
    void aTextThatCannotBeStoredIsRefused(String text) {
        assertThat(fields("{\"a\":\"x" + text + "\"}").text("a")).isNull();
        assertThat(errors)
                .containsExactly(
                        new FieldError("/a", "invalid", "a: U+0000 and half a surrogate pair can't be stored"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-1.50,-1.5",
        "\"2.5e-6\",0.0000025",
        "1E3,1000",
        "12345678901234567890.123456789012345678,12345678901234567890.123456789012345678"
    })
    void aDecimalIsTakenByItsText(String sent, String exact) {
        assertThat(fields("{\"price\":" + sent + "}").decimal("price")).hasToString(exact);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true    | must be a number, or a string that holds one",
                "{}      | must be a number, or a string that holds one",
                "[1]     | must be a number, or a string that holds one",
                "\"\"      | '' is no number as JSON spells them",
                "\"ten\"   | 'ten' is no number as JSON spells them",
                "\"NaN\"   | 'NaN' is no number as JSON spells them",
                "\"1 \"    | '1 ' is no number as JSON spells them",
                "\"1e9999\"| '1e9999' is out of bounds"
            })
    void whatHoldsNoNumberIsRefused(String sent, String objection) {
        assertThat(fields("{\"price\":" + sent + "}").decimal("price")).isNull();
        assertThat(errors).containsExactly(new FieldError("/price", "invalid", "price: " + objection));
    }

    @Test
    void onlyTheFirstObjectionToAMemberIsTold() {
        Fields fields = fields("{\"at\":\"yesterday\"}");
        fields.time("at");
        fields.error("at", "missing", "is required");

        assertThat(errors).extracting(FieldError::code).containsExactly("invalid");
        assertThat(fields.hasError("at")).isTrue();
        assertThat(fields.hasError("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "+5"})
    void aParsersAdviceToProgrammersIsNotPassedOn(String sent) {
        Problem problem = Fields.parse(("{\"price\":" + sent + "}").getBytes(StandardCharsets.UTF_8))
                .problem();

        assertThat(String.valueOf(problem)).contains("no JSON").doesNotContain("JsonReadFeature");
    }

    @Test
    void aDecimalHasAtMost38Digits() {
        assertThat(fields("{\"price\":" + "9".repeat(38) + "}").decimal("price"))
                .isNotNull();
        assertThat(errors).isEmpty();

        assertThat(fields("{\"price\":" + "9".repeat(39) + "}").decimal("price"))
                .isNull();
        assertThat(errors).containsExactly(new FieldError("/price", "invalid", "price: has more than 38 digits"));
    }

    @Test
    void aTimeIsOfRfc3339() {
        assertThat(fields("{\"at\":\"1970-01-01T00:00:01.5Z\"}").time("at")).isEqualTo(1_500_000);
        assertThat(errors).isEmpty();

        assertThat(fields("{\"at\":\"yesterday\"}").time("at")).isNull();
        assertThat(errors)
                .containsExactly(
                        new FieldError("/at", "invalid", "at: must be an RFC 3339 time, 2026-11-21T10:00:00Z say"));
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(fields("{\"on\":true}").flag("on", false)).isTrue();
        assertThat(fields("{\"on\":\"true\"}").flag("on", false)).isFalse();
        assertThat(errors).containsExactly(new FieldError("/on", "invalid", "on: must be true or false"));
    }

    @Test
    void aTextOfAnObjectIsPointedTo() {
        assertThat(fields("{\"labels\":{\"team\":\"search\",\"none\":null,\"a/b~c\":1}}")
                        .texts("labels"))
                .isEqualTo(Map.of("team", "search"));
        assertThat(errors).containsExactly(new FieldError("/labels/a~1b~0c", "invalid", "a/b~c: must be a string"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0000", "01234567890123456789012345678901234567890123456789012345678901234"})
    void theNameOfATextHasOneTo64Characters(String name) {
        assertThat(fields("{\"labels\":{\"" + name + "\":\"x\"}}").texts("labels"))
                .isEmpty();
        assertThat(errors)
                .containsExactly(new FieldError("/labels", "invalid", "labels: a name has 1 to 64 characters"));
    }

    @Test
    void anObjectHasAtMost64Texts() {
        assertThat(fields("{\"labels\":" + object(64) + "}").texts("labels")).hasSize(64);
        assertThat(errors).isEmpty();

        assertThat(fields("{\"labels\":" + object(65) + "}").texts("labels")).isEmpty();
        assertThat(errors)
                .containsExactly(
                        new FieldError("/labels", "invalid", "labels: must be an object of at most 64 strings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ingest\"", "{}", "1"})
    void whatIsNoArrayOfStringsIsRefused(String sent) {
        assertThat(fields("{\"scopes\":" + sent + "}").list("scopes")).isNull();
        assertThat(errors)
                .containsExactly(
                        new FieldError("/scopes", "invalid", "scopes: must be an array of at most 64 strings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[]", "\"\\u0000\"", "\"\\ud800\""})
    void anElementThatIsNoTextIsPointedTo(String element) {
        assertThat(fields("{\"scopes\":[\"a\"," + element + "]}").list("scopes"))
                .isNull();
        assertThat(errors).singleElement().satisfies(error -> assertThat(error.pointer())
                .isEqualTo("/scopes/1"));
    }

    @Test
    void aTimeToComeMayBeOverWhereItIsWhatIsThere() {
        String past = "{\"at\":\"1970-01-01T00:00:00.000005Z\"}";
        assertThat(fields(past).future("at", 5L, 9)).isEqualTo(5);
        assertThat(fields(past).future("at", null, 4)).isEqualTo(5);
        assertThat(errors).isEmpty();
        assertThat(fields(past).future("at", 4L, 5)).isEqualTo(5);
        assertThat(errors).containsExactly(new FieldError("/at", "invalid", "at: must be in the future"));
    }

    @Test
    void anArrayOfStringsKeepsItsOrder() {
        assertThat(fields("{\"scopes\":[\"b\",\"a\",\"b\"]}").list("scopes")).containsExactly("b", "a", "b");
        assertThat(errors).isEmpty();
    }

    @Test
    void aMemberThatIsNotKnownIsNamedWithThoseThatAre() {
        Fields fields = fields("{\"name\":\"n\",\"nmae\":\"n\",\"a/b\":1}");
        fields.text("name");
        fields.flag("beta", false);
        fields.refuseOthers();

        assertThat(errors)
                .containsExactly(
                        new FieldError(
                                "/nmae",
                                "unknown_member",
                                "nmae: there is no such member here; known are [beta, name]"),
                        new FieldError(
                                "/a~1b",
                                "unknown_member",
                                "a/b: there is no such member here; known are [beta, name]"));
    }

    @Test
    void aBodyThatIsNoJsonIsOneProblem() {
        assertThat(problem("").detail()).isEqualTo("the body is empty");
        assertThat(problem("{\"a\":").code()).isEqualTo("unreadable_body");
        assertThat(problem("{\"a\":").status()).isEqualTo(400);
        assertThat(problem("{\"a\":").detail()).startsWith("no JSON: ");
    }

    private static Problem problem(String body) {
        return Objects.requireNonNull(parse(body).problem());
    }

    private Fields fields(String body) {
        return fields(body, "");
    }

    private Fields fields(String body, String at) {
        Fields.Parsed parsed = parse(body);
        assertThat(parsed.problem()).isNull();
        return Fields.of(parsed.tree(), at, errors);
    }

    private static Fields.Parsed parse(String body) {
        return Fields.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String object(int members) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < members; i++) {
            object.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }
        return object.append('}').toString();
    }
}
