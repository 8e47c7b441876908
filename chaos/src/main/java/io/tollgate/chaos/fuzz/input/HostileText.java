package io.tollgate.chaos.fuzz.input;

import java.util.List;

/** Texts that a program may not have thought of, and ordinary ones among them. */
final class HostileText {
    private static final int LONG = 4_000;
    private static final int HUGE = 1 << 20;

    private static final List<String> KNOWN = List.of(
            "",
            " ",
            "\t\r\n",
            "\u0000",
            "a\u0000b",
            "\uD800",
            "\uDC00\uD800",
            "a\uDFFF",
            "\uFFFE\uFFFF",
            "\uFEFFbom",
            "\u202Eevil",
            "\uD83D\uDE00",
            "Z\u0351\u036B\u0343\u036A",
            "\u0661\u0662",
            "null",
            "true",
            "NaN",
            "-Infinity",
            "*",
            "..",
            "../../../../etc/passwd",
            "'; DROP TABLE cost_calculations; --",
            "\\x00",
            "\\N",
            "%00",
            "%s%n%d",
            "${jndi:ldap://127.0.0.1:1/a}",
            "#{1+1}",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "a\r\nX-Injected: 1",
            "{\"a\":1}",
            "\"",
            "1e999999",
            "+10000-01-01T00:00:00Z",
            "0000-00-00T00:00:00Z",
            "2026-02-30T25:61:61Z",
            "-292277-01-01T00:00:00Z",
            "9999-12-31T23:59:60.999999999999+18:00",
            "Mars/Olympus_Mons",
            "GMT+99",
            "P999999999Y");

    private HostileText() {}

    static String of(Draw draw) {
        return switch (draw.below(8)) {
            case 0, 1, 2 -> draw.one(KNOWN);
            case 3 -> unicode(draw, draw.below(40));
            case 4 -> repeated(draw, List.of(64, 65, 256, 257, 1_024, 1_025));
            case 5 -> draw.oneIn(200) ? "x".repeat(HUGE) : repeated(draw, List.of(LONG, 10 * LONG));
            case 6 -> ascii(draw, draw.below(30));
            default -> "name-" + draw.below(50);
        };
    }

    /** A number as somebody may write one. */
    static String number(Draw draw) {
        return switch (draw.below(4)) {
            case 0 ->
                draw.one(List.of(
                        "1e999999",
                        "-1e999999",
                        "1E-999999",
                        "1e1001",
                        "1e400",
                        "9223372036854775808",
                        "-9223372036854775809",
                        "99999999999999999999999999999999999999",
                        "1e2147483648",
                        "0.1e-2147483649"));
            case 1 ->
                draw.one(List.of("-1", "-0", "-0.0", "0", "1.5", "01", "1.", ".5", "1e", "+1", "0x10", "1_0", "--1"));
            case 2 -> (draw.oneIn(2) ? "" : "0.") + "7".repeat(1 + draw.below(draw.oneIn(30) ? 100_000 : 1_200));
            default -> Long.toString(draw.any());
        };
    }

    private static String repeated(Draw draw, List<Integer> lengths) {
        return draw.one(List.of("x", "\u00e9", "\uD83D\uDE00")).repeat(draw.one(lengths));
    }

    private static String unicode(Draw draw, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) draw.below(Character.MAX_VALUE + 1));
        }
        return text.toString();
    }

    private static String ascii(Draw draw, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + draw.below(95)));
        }
        return text.toString();
    }
}
