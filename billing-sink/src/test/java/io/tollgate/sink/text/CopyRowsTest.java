package io.tollgate.sink.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyRowsTest {
    private final CopyRows rows = new CopyRows(4);

    @Test
    void columnsAreSeparatedByTabsAndNullIsBackslashN() {
        rows.text("a").number(7).text(null).number((Integer) null).truth(true).endRow();
        rows.truth(false).endRow();

        assertThat(rows.bytes()).hasToString("a\t7\t\\N\t\\N\tt\nf\n");
    }

    @Test
    void textThatLooksLikeTheFormatIsEscaped() {
        rows.text("\\N").text("tab\there\nline\rback\\slash").text("\\.").endRow();

        assertThat(rows.bytes()).hasToString("\\\\N\ttab\\there\\nline\\rback\\\\slash\t\\\\.\n");
    }

    @Test
    void anyUnicodeTextIsWrittenAsTheJdkWouldWriteIt() {
        String text = "é€漢😀 lone:\uD83D end:\uDC00\u007f\u0080\u07ff\u0800\uffff";

        rows.text(text);

        assertThat(rows.bytes().toString())
                .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Test
    void jsonInARowHasItsBackslashesDoubled() {
        rows.json().strings(Map.of("a\"b", "c\\d\ne"));

        assertThat(rows.bytes()).hasToString("{\"a\\\\\"b\":\"c\\\\\\\\d\\\\u000ae\"}");
    }

    @Test
    void numbersAreWrittenAsBigDecimalWouldWriteThemPlain() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long unscaled = random.nextLong() >> random.nextInt(64);
            int scale = random.nextInt(30);
            rows.restart();
            rows.decimal(new ExactDecimal(unscaled, scale, null));
            assertThat(rows.bytes().toString())
                    .as("seed %d", seed)
                    .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
        }
    }

    @Test
    void theSmallestLongAndNumbersBeyondALongAreExact() {
        BigDecimal huge = new BigDecimal(new BigInteger("-12345678901234567890123456789012345678"), 12);
        rows.number(Long.MIN_VALUE)
                .decimal(new ExactDecimal(Long.MIN_VALUE, 19, null))
                .decimal(Decimals.toAvro(Decimal.of(huge)));

        assertThat(rows.bytes()).hasToString("-9223372036854775808\t-0.9223372036854775808\t" + huge.toPlainString());
    }

    @Test
    void aScaleThatNumericDoesNotTakeIsRefusedBeforeItFillsTheMemory() {
        assertThatThrownBy(() -> rows.decimal(new ExactDecimal(1L, Integer.MAX_VALUE, null)))
                .isInstanceOf(UnstorableException.class);
        assertThatThrownBy(() -> rows.decimal(new ExactDecimal(1L, -1, null))).isInstanceOf(UnstorableException.class);
    }

    @Test
    void datesAndTimesAreThoseOfTheJdk() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        long first = LocalDate.of(1, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        for (int i = 0; i < 20_000; i++) {
            long day = first + (long) (random.nextDouble() * (last - first));
            long micros = day * Calendar.MICROS_PER_DAY + (long) (random.nextDouble() * Calendar.MICROS_PER_DAY);
            rows.restart();
            rows.date(day).timestamp(micros);
            Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            String expected = LocalDate.ofEpochDay(day) + "\t"
                    + DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'")
                            .withZone(ZoneOffset.UTC)
                            .format(instant);
            assertThat(rows.bytes().toString()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void aYearBeforeTheFirstIsBeforeChrist() {
        rows.date(LocalDate.of(0, 3, 1).toEpochDay());

        assertThat(rows.bytes()).hasToString("0001-03-01 BC");
    }

    @Test
    void aUuidIsTheKeysSixteenBytes() {
        byte[] key = new byte[16];
        key[0] = (byte) 0xab;
        key[15] = 0x0f;

        rows.uuid(key);

        assertThat(rows.bytes()).hasToString("ab00000000000000000000000000000f");
    }

    @Test
    void aRowBegunIsForgottenByRestart() {
        rows.text("half");
        rows.restart();
        rows.text("a").endRow();

        assertThat(rows.bytes()).hasToString("a\n");
    }
}
