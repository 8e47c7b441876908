package io.tollgate.gateway.otlp;

import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Body;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.ingest.EventParser;
import io.tollgate.gateway.ingest.Form;
import io.tollgate.gateway.ingest.Rejection;
import io.tollgate.gateway.ingest.Report;
import io.tollgate.gateway.ingest.Sender;
import io.tollgate.gateway.ingest.Verdict;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.trace.TraceContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** An export of spans. */
record TraceForm(Encoding encoding, boolean isGzip, SpanMetrics metrics) implements Form {
    /** No export of real calls has more spans than its bytes by this; one that has is made to cost memory. */
    private static final int LEAST_BYTES = 256;

    private static final int FEW = 1_000;

    @Override
    public boolean wantsBody() {
        return true;
    }

    @Override
    public EventParser.Parsed parse(EventParser parser, Body body, Sender sender, long now) {
        return parse(parser, body.bytes(), body.length(), sender, now);
    }

    EventParser.Parsed parse(EventParser parser, byte[] body, int length, Sender sender, long now) {
        if (!sender.mayIngest()) {
            return new EventParser.Unreadable(
                    Problem.forbidden("scope_missing", "the key lacks the scope 'ingest', which spans need"));
        }
        Leaves leaves = new Leaves(Math.max(FEW, length / LEAST_BYTES));
        EventParser.Unreadable unreadable = encoding == Encoding.JSON
                ? parser.readObject(body, length, json -> JsonSpans.read(json, leaves))
                : readProtobuf(body, length, leaves);
        if (unreadable != null) {
            return unreadable;
        }
        if (leaves.areTooMany()) {
            return new EventParser.Unreadable(Problem.tooLarge(
                    "too_many_spans", "more spans of model calls than a body of this size has; send fewer at once"));
        }
        metrics.read(leaves);
        List<Verdict> verdicts = new ArrayList<>(leaves.spans().size());
        for (Span span : leaves.spans()) {
            verdicts.add(verdict(span, sender, now));
        }
        return new EventParser.Events(verdicts);
    }

    private static EventParser.@Nullable Unreadable readProtobuf(byte[] body, int length, Leaves leaves) {
        try {
            ProtobufSpans.read(body, length, leaves);
            return null;
        } catch (IOException e) {
            return new EventParser.Unreadable(Problem.unreadable(
                    "unreadable_body",
                    "the body is no ExportTraceServiceRequest: it breaks off or" + " holds what Protobuf does not"));
        }
    }

    private static Verdict verdict(Span span, Sender sender, long now) {
        if (span.traceId().isEmpty() || span.spanId().isEmpty()) {
            return new Verdict.Rejected(
                    null,
                    new Rejection(
                            RejectionCode.INVALID_EVENT,
                            null,
                            "a span needs a trace id of 16 bytes and a span id of 8, not all zeros"));
        }
        // What is exported was sampled.
        TraceContext own = TraceContext.of("00-" + span.traceId() + "-" + span.spanId() + "-01", null);
        return SpanCall.of(span, sender.authId())
                .verdict(SpanCall.NAMES, "", sender, now)
                .in(own);
    }

    /** Spans that are none of model calls are not refused: nobody counts on them here. */
    @Override
    public Answer answer(Report report, String requestId) {
        List<Verdict.Rejected> rejected = new ArrayList<>();
        for (Verdict verdict : report.verdicts()) {
            if (verdict instanceof Verdict.Rejected one) {
                rejected.add(one);
            }
        }
        return rejected.isEmpty() ? encoding.success() : encoding.partial(rejected.size(), message(rejected));
    }

    /** Each code with its number and its first span: exporters write this to their log. */
    private static String message(List<Verdict.Rejected> rejected) {
        Map<RejectionCode, Integer> counts = new EnumMap<>(RejectionCode.class);
        Map<RejectionCode, Verdict.Rejected> firsts = new EnumMap<>(RejectionCode.class);
        for (Verdict.Rejected one : rejected) {
            counts.merge(one.rejection().code(), 1, Integer::sum);
            firsts.putIfAbsent(one.rejection().code(), one);
        }
        StringJoiner message = new StringJoiner("; ");
        firsts.forEach((code, first) -> message.add(counts.get(code) + " " + code.word() + ": "
                + (first.id() == null ? "" : "span " + first.id() + ": ")
                + first.rejection().detail()));
        return message.toString();
    }
}
