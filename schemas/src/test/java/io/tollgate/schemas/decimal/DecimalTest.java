package io.tollgate.schemas.decimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static final int ROUNDS = 50_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "1200, 1200",
        "1200.00, 1200",
        "-0.5, -0.5",
        "2.5e-6, 0.0000025",
        "1E3, 1000",
        "9007199254740993, 9007199254740993",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775808",
        "-9223372036854775808, -9223372036854775808",
        "0.000000000000000000000001, 0.000000000000000000000001",
        "99999999999999999999999999999999999999.999999999999, 99999999999999999999999999999999999999.999999999999"
    })
    void textIsReadExactlyAndWrittenPlain(String text, String expected) {
        assertThat(Decimal.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5.",
                "1,5",
                "NaN",
                "Infinity",
                "0x10",
                "1e400000",
                "1e-999999999",
                "1e99999999999",
                "--1",
                "1 "
            })
    void whatIsNoNumberOrTooLongIsRefused(String text) {
        if (text.equals("1.")) {
            assertThat(Decimal.parse(text)).isEqualTo(Decimal.ONE);
        } else {
            assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(NumberFormatException.class);
        }
    }

    @Test
    void aTextOfAMillionDigitsIsRefusedWithoutBeingRead() {
        assertThatThrownBy(() -> Decimal.parse("1".repeat(1_000_000))).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void arithmeticEqualsBigDecimals() {
        for (int round = 0; round < ROUNDS; round++) {
            BigDecimal a = randomNumber();
            BigDecimal b = randomNumber();
            Decimal x = Decimal.of(a);
            Decimal y = Decimal.of(b);
            String where = "seed " + seed + ", round " + round + ": " + a + " and " + b;

            assertThat(x.plus(y)).describedAs(where).isEqualTo(Decimal.of(a.add(b)));
            assertThat(x.times(y)).describedAs(where).isEqualTo(Decimal.of(a.multiply(b)));
            assertThat(x.negated()).describedAs(where).isEqualTo(Decimal.of(a.negate()));
            assertThat(Integer.signum(x.compareTo(y))).describedAs(where).isEqualTo(a.compareTo(b));
            assertThat(x.plus(x.negated()).isZero()).describedAs(where).isTrue();
            assertThat(Decimal.parse(x.toString()))
                    .describedAs(where)
                    .isEqualTo(x)
                    .hasSameHashCodeAs(x);
            assertThat(x.toBigDecimal()).describedAs(where).isEqualByComparingTo(a);
            assertThat(Decimals.fromAvro(Decimals.toAvro(x))).describedAs(where).isEqualTo(x);
        }
    }

    @Test
    void equalNumbersAreEqualHoweverTheyWereMade() {
        assertThat(Decimal.of(1200, 2)).isEqualTo(Decimal.of(12)).isEqualTo(Decimal.parse("1.2e1"));
        assertThat(Decimal.of(BigInteger.valueOf(500), 3)).isEqualTo(Decimal.parse("0.5"));
        assertThat(Decimal.of(5, -2)).isEqualTo(Decimal.of(500));
        assertThat(Decimal.of(0, 9)).isEqualTo(Decimal.ZERO);
    }

    @Test
    void aMillionTinyChargesAddUpExactly() {
        Decimal sum = Decimal.ZERO;
        Decimal charge = Decimal.parse("0.00000002");
        for (int i = 0; i < 1_000_000; i++) {
            sum = sum.plus(charge);
        }
        assertThat(sum).hasToString("0.02");
    }

    /** Mostly of the size of real amounts, often at the edge of a long, sometimes far beyond. */
    private BigDecimal randomNumber() {
        int bits = random.nextInt(4) == 0 ? 60 + random.nextInt(140) : 1 + random.nextInt(63);
        BigInteger unscaled = new BigInteger(bits, random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(30));
    }
}
