package io.tollgate.gateway.otlp;

import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ids of traces and spans in lower-case hex; one that is none, or all zeros, is empty. */
final class SpanIds {
    static final int TRACE_BYTES = 16;
    static final int SPAN_BYTES = 8;

    private static final HexFormat HEX = HexFormat.of();

    private SpanIds() {}

    static String of(byte[] id, int length) {
        return id.length == length ? checked(HEX.formatHex(id)) : "";
    }

    static String of(@Nullable String id, int length) {
        boolean isHex = id != null && id.length() == 2 * length && id.chars().allMatch(HexFormat::isHexDigit);
        return id != null && isHex ? checked(id.toLowerCase(Locale.ROOT)) : "";
    }

    private static String checked(String hex) {
        return hex.chars().allMatch(digit -> digit == '0') ? "" : hex;
    }
}
