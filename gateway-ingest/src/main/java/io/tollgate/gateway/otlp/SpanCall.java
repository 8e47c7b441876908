package io.tollgate.gateway.otlp;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.SpanUsage;
import io.tollgate.gateway.ingest.CallNames;
import io.tollgate.gateway.ingest.ReadCall;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A leaf span as a call. Its identity is the service, the trace and the span, so the same span sent again, in whichever
 * export, is the same event. It happened when the span ended: then the vendor had counted, and by that time the vendors
 * whose prices depend on the hour charge.
 */
final class SpanCall {
    static final CallNames NAMES = new CallNames(
            "spanId", "service.name", "user.id", "endTimeUnixNano", "gen_ai.provider.name", "gen_ai.request.model");

    private static final long NANOS = 1_000_000_000;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int FIRST_ERROR_STATUS = 400;
    /** Of a call that failed and does not say how. */
    private static final int ERROR_STATUS = 500;

    private SpanCall() {}

    /** @param authId of the key, where the service is not named */
    static ReadCall of(Span span, String authId) {
        JsonNode service = span.origin().resource().get(Names.SERVICE.get(0));
        String source =
                service != null && service.isString() && !service.stringValue().isBlank()
                        ? service.stringValue()
                        : authId;
        ObjectNode attributes = span.attributes();
        String scope = span.origin().scope();
        if (scope != null) {
            attributes.put(SpanUsage.SCOPE, scope);
        }
        if (hasFailed(span)) {
            attributes.put(SpanUsage.STATUS, SpanUsage.FAILED);
        }
        return new ReadCall(
                source,
                span.traceId() + "-" + span.spanId(),
                span.text(Names.USER),
                time(span),
                usage(span),
                SpanUsage.FORMAT,
                List.of(attributes));
    }

    private static Usage usage(Span span) {
        Usage usage = new Usage();
        Provider provider = Provider.of(span.text(Names.PROVIDER), span.text(Names.HOST));
        String asked = span.text(Names.REQUEST_MODEL);
        String answered = span.text(Names.RESPONSE_MODEL);
        String either = span.text(Names.EITHER_MODEL);
        usage.setProvider(provider.name());
        usage.setModel(answered != null ? answered : either != null ? either : asked);
        usage.setRequestModel(asked);
        usage.setOperation(span.text(List.of(SpanUsage.OPERATION)));
        usage.setRequestId(span.text(Names.RESPONSE_ID));
        usage.setServiceTier(span.text(Names.SERVICE_TIER));
        usage.setRegion(provider.region());
        usage.setReservation(span.text(Names.RESERVATION));
        usage.setStatus(status(span));
        usage.setLatencyMs(latency(span));
        usage.setBillable(true);
        usage.setLabels(labels(span));
        return usage;
    }

    private static @Nullable String time(Span span) {
        long nanos = span.endNanos() == 0 ? span.startNanos() : span.endNanos();
        return nanos == 0
                ? null
                : Instant.ofEpochSecond(Long.divideUnsigned(nanos, NANOS), Long.remainderUnsigned(nanos, NANOS))
                        .toString();
    }

    private static @Nullable Long latency(Span span) {
        boolean isKnown = span.startNanos() != 0 && Long.compareUnsigned(span.endNanos(), span.startNanos()) >= 0;
        long millis = Long.divideUnsigned(span.endNanos() - span.startNanos(), NANOS_OF_MILLI);
        return isKnown && millis <= SubmissionLimits.MAX_LATENCY_MS ? millis : null;
    }

    private static boolean hasFailed(Span span) {
        return span.failed() || span.has(Names.ERROR);
    }

    /**
     * An error without usage costs nothing, unless the answer had begun: then something was used and nobody counted, which
     * is no 0, so no status says that it failed.
     */
    private static @Nullable Integer status(Span span) {
        Integer stated = httpStatus(span.text(Names.STATUS));
        if (!hasFailed(span)) {
            return stated;
        }
        boolean hasBegun = span.has(Names.RESPONSE_ID) || span.has(Names.RESPONSE_MODEL);
        if (hasBegun && !SpanUsage.hasUsage(span.attributes())) {
            return null;
        }
        Integer known = stated == null ? httpStatus(span.text(Names.ERROR)) : stated;
        return known == null || known < FIRST_ERROR_STATUS ? ERROR_STATUS : known;
    }

    private static @Nullable Integer httpStatus(@Nullable String text) {
        if (text == null || text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Integer.valueOf(text);
    }

    /** Few, as each value of a label has statistics of its own: no sessions, no conversations. */
    private static Map<String, String> labels(Span span) {
        Map<String, String> labels = new HashMap<>();
        put(labels, "environment", Span.text(span.origin().resource(), Names.ENVIRONMENT));
        put(labels, "agent", span.text(Names.AGENT));
        put(labels, "function", span.text(Names.FUNCTION));
        put(labels, "workflow", span.text(Names.WORKFLOW));
        for (ObjectNode attributes : List.of(span.origin().resource(), span.attributes())) {
            for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
                if (attribute.getKey().startsWith(Names.LABEL)) {
                    put(
                            labels,
                            attribute.getKey().substring(Names.LABEL.length()),
                            Span.storable(attribute.getValue()));
                }
            }
        }
        return labels;
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        boolean hasRoom = labels.size() < SubmissionLimits.MAX_LABELS || labels.containsKey(name);
        boolean isName =
                !name.isBlank() && name.length() <= SubmissionLimits.MAX_NAME && SubmissionRules.isStorable(name);
        if (value != null && hasRoom && isName) {
            labels.put(name, value);
        }
    }
}
