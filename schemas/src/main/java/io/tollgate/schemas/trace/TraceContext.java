package io.tollgate.schemas.trace;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Which trace an event is part of, as <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> writes it. What is
 * not valid by it is no context: it comes from strangers and goes into headers and logs.
 *
 * @param traceparent of version 00
 * @param tracestate null where there is none
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private static final String VERSION = "00";
    /** {@code 00-<32 hex>-<16 hex>-<2 hex>}. */
    private static final int LENGTH = 55;

    private static final int TRACE_ID = 3;
    private static final int TRACE_ID_END = 35;
    private static final int PARENT_ID = 36;
    private static final int PARENT_ID_END = 52;
    private static final int FLAGS = 53;
    /** Of a later version, which may say more behind the flags. */
    private static final int LONGEST = 256;

    private static final int SAMPLED = 1;

    /**
     * The context that two headers come to; null where the first is missing or wrong. A wrong second one is left out.
     *
     * @param traceparent of a later version is read as far as version 00 goes, as the standard asks
     */
    public static @Nullable TraceContext of(@Nullable String traceparent, @Nullable String tracestate) {
        String parent = traceparent == null ? null : parent(traceparent.strip());
        return parent == null ? null : new TraceContext(parent, TraceState.valid(tracestate));
    }

    /** Of a record; null where it has none. */
    public static @Nullable TraceContext of(Headers headers) {
        String parent = text(headers.lastHeader(TRACEPARENT));
        return parent == null ? null : of(parent, text(headers.lastHeader(TRACESTATE)));
    }

    /** 32 hex digits: what a log and a trace have in common. */
    public String traceId() {
        return traceparent.substring(TRACE_ID, TRACE_ID_END);
    }

    /** New headers, for one record or for several. */
    public Headers headers() {
        Headers headers = new RecordHeaders();
        headers.add(header(TRACEPARENT, traceparent));
        if (tracestate != null) {
            headers.add(header(TRACESTATE, tracestate));
        }
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes that are not ASCII become a character that no check lets through. */
    private static @Nullable String text(@Nullable Header header) {
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, StandardCharsets.US_ASCII);
    }

    private static @Nullable String parent(String text) {
        if (text.length() < LENGTH || text.length() > LONGEST || !isWellFormed(text)) {
            return null;
        }
        if (text.startsWith(VERSION)) {
            return text.length() == LENGTH ? text : null;
        }
        boolean ends = text.length() == LENGTH || text.charAt(LENGTH) == '-';
        if (text.startsWith("ff") || !ends) {
            return null;
        }
        int sampled = Character.digit(text.charAt(FLAGS + 1), 16) & SAMPLED;
        return VERSION + text.substring(2, FLAGS) + "0" + sampled;
    }

    private static boolean isWellFormed(String text) {
        return isHex(text, 0, 2)
                && text.charAt(2) == '-'
                && isId(text, TRACE_ID, TRACE_ID_END)
                && text.charAt(TRACE_ID_END) == '-'
                && isId(text, PARENT_ID, PARENT_ID_END)
                && text.charAt(PARENT_ID_END) == '-'
                && isHex(text, FLAGS, LENGTH);
    }

    /** Hexadecimal and not all zeros. */
    private static boolean isId(String text, int from, int to) {
        boolean zeros = true;
        for (int i = from; zeros && i < to; i++) {
            zeros = text.charAt(i) == '0';
        }
        return !zeros && isHex(text, from, to);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'f';
            if (!digit && !letter) {
                return false;
            }
        }
        return true;
    }
}
