package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Body;
import io.tollgate.gateway.http.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a request holds its events and what it wants back, by its headers. */
public interface Form {
    boolean isGzip();

    boolean wantsBody();

    /**
     * Reads the body, which is complete and unpacked.
     *
     * @param now epoch µs
     */
    EventParser.Parsed parse(EventParser parser, Body body, Sender sender, long now);

    /** Once the brokers have every accepted event. */
    default Answer answer(Report report, String requestId) {
        return report.answer(wantsBody(), requestId);
    }

    /** What came of it. */
    sealed interface Result permits Taken, Refused {}

    record Taken(Form form) implements Result {}

    record Refused(Problem problem) implements Result {}

    static Result refused(String code, String detail) {
        return new Refused(Problem.of(415, code, "The body's type is not taken", detail));
    }

    /** The media type in lower case, without parameters; null where there is none, or its text is not UTF-8. */
    static @Nullable String mediaType(HttpHeaders headers) {
        String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (contentType == null) {
            return null;
        }
        int end = contentType.indexOf(';');
        if (end >= 0 && !isUtf8(contentType.substring(end))) {
            return null;
        }
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.trim().toLowerCase(Locale.ROOT);
    }

    private static boolean isUtf8(String parameters) {
        String plain = parameters.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
        int charset = plain.indexOf("charset=");
        return charset < 0
                || plain.startsWith("charset=utf-8", charset)
                || plain.startsWith("charset=us-ascii", charset);
    }

    /** Refuses a type that is not taken. */
    static Result unsupported(HttpHeaders headers, String taken) {
        String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
        String found = contentType == null ? "Content-Type is missing" : "Content-Type " + Texts.shown(contentType);
        return refused("unsupported_media_type", found + "; send " + taken + ", in UTF-8");
    }

    static boolean isGzip(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
    }

    /** The refusal of an encoding that is neither gzip nor none; null where it is one of them. */
    static @Nullable Result refusedEncoding(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding == null || isGzip(headers) || encoding.equalsIgnoreCase("identity")
                ? null
                : refused("unsupported_encoding", "Content-Encoding " + Texts.shown(encoding) + "; send gzip or none");
    }

    static boolean wantsBody(HttpHeaders headers) {
        String prefer = headers.get("prefer");
        return prefer != null && prefer.contains("return=representation");
    }
}
