package io.tollgate.schemas.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "\uD83D\uDE00", "a\uD83D\uDE00b"})
    void wholeCharactersCanBeStored(String text) {
        assertThat(SubmissionRules.isStorable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "a\uD83D"})
    void nulAndHalfAPairCannotBeStored(String text) {
        assertThat(SubmissionRules.isStorable(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input", "cache_read", "x", "_", "7"})
    void dimensionsAreLowerCaseWords(String name) {
        assertThat(SubmissionRules.isDimension(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Input", "cache-read", "cache read", "é", "a\0"})
    void anyOtherNameIsNoDimension(String name) {
        assertThat(SubmissionRules.isDimension(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "9223372036854775808",
                "1e37",
                "0.000000000001",
                "1e-12",
                "12345678901234567890123456.123456789012"
            })
    void quantitiesUpToTheirWidestAreTaken(String text) {
        assertThat(SubmissionRules.objection(Decimal.parse(text))).isNull();
    }

    @Test
    void anObjectionSaysWhatIsWrongWithAQuantity() {
        assertThat(SubmissionRules.objection(Decimal.parse("-1e-12"))).contains("negative");
        assertThat(SubmissionRules.objection(Decimal.parse("1e-13"))).isEqualTo("has more than 12 decimals");
        assertThat(SubmissionRules.objection(Decimal.parse("1e38"))).isEqualTo("has more than 38 digits");
    }

    @Test
    void onlyAFailedOrFreeCallMayHaveUsedNothing() {
        assertThat(SubmissionRules.mayBeEmpty(usage(true, null))).isFalse();
        assertThat(SubmissionRules.mayBeEmpty(usage(true, 399))).isFalse();
        assertThat(SubmissionRules.mayBeEmpty(usage(true, 400))).isTrue();
        assertThat(SubmissionRules.mayBeEmpty(usage(false, 200))).isTrue();
    }

    private static Usage usage(boolean billable, @Nullable Integer status) {
        Usage usage = new Usage();
        usage.setBillable(billable);
        usage.setStatus(status);
        return usage;
    }
}
