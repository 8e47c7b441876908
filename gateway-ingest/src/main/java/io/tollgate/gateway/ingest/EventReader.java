package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.mapping.Mapping;
import io.tollgate.gateway.mapping.Mappings;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.trace.TraceContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one CloudEvent: its attributes, and its data by its type. Members come in any order; data that comes before its
 * type is stepped over and read again at the end.
 */
final class EventReader {
    private static final String DATA = "data";
    private static final String SPEC_VERSION = "1.0";

    private final EventInput input;
    private final Mappings mappings;
    private int seen;
    private @Nullable String id;
    private @Nullable String source;
    private @Nullable String subject;
    private @Nullable String time;
    /** CloudEvents' extension for distributed tracing. */
    private @Nullable String traceparent;

    private @Nullable String tracestate;
    private @Nullable EventType type;
    /** Of a usage of a foreign type. */
    private @Nullable Mapping mapping;

    private boolean dataRead;
    private EventInput.@Nullable Stretch unreadData;
    private @Nullable Usage usage;
    private CorrectionReader.@Nullable Correction correction;

    EventReader(EventInput input, Mappings mappings) {
        this.input = input;
        this.mappings = mappings;
    }

    /** Reads the object that the parser stands at. */
    Verdict read(Sender sender, long now) {
        JsonParser json = input.json();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            readMember(name);
        }
        require();
        EventType known = type;
        if (unreadData != null && known != null) {
            input.readAgain(unreadData, () -> readData(known));
        }
        return verdict(sender, now);
    }

    /** Reads the value that the parser stands at as the data of an event whose attributes are known. */
    Verdict readData(Sender sender, long now) {
        require();
        if (type != null) {
            readData(type);
        } else {
            input.json().skipChildren();
        }
        return verdict(sender, now);
    }

    /** Takes an attribute from outside of the JSON. Those that are not known are extensions and left out. */
    void attribute(String name, String value) {
        int longest = SubmissionLimits.MAX_TEXT;
        switch (name) {
            case "specversion" -> specVersion(value);
            case "id" -> id = input.storable(value, "", name, longest);
            case "source" -> source = input.storable(value, "", name, longest);
            case "type" -> type(value);
            case "subject" -> subject = input.storable(value, "", name, longest);
            case "time" -> time = input.storable(value, "", name, longest);
            case TraceContext.TRACEPARENT -> traceparent = value;
            case TraceContext.TRACESTATE -> tracestate = value;
            default -> {
                return;
            }
        }
        seen |= bit(name);
    }

    private void readMember(String name) {
        int bit = bit(name);
        if ((seen & bit) != 0) {
            input.rejectTwice("", name);
            return;
        }
        seen |= bit;
        switch (name) {
            case "specversion" -> specVersion(text(name));
            case "id" -> id = text(name);
            case "source" -> source = text(name);
            case "type" -> type(text(name));
            case "subject" -> subject = text(name);
            case "time" -> time = text(name);
            case TraceContext.TRACEPARENT -> traceparent = input.textOrNull();
            case TraceContext.TRACESTATE -> tracestate = input.textOrNull();
            case DATA -> data();
            case "data_base64" -> {
                input.skip();
                input.reject(
                        RejectionCode.INVALID_EVENT, "", name, "data_base64 is not taken; send data as a JSON object");
            }
            default -> input.skip();
        }
    }

    private static int bit(String name) {
        return switch (name) {
            case "specversion" -> 1;
            case "id" -> 1 << 1;
            case "source" -> 1 << 2;
            case "type" -> 1 << 3;
            case "subject" -> 1 << 4;
            case "time" -> 1 << 5;
            case DATA -> 1 << 6;
            default -> 0;
        };
    }

    private @Nullable String text(String name) {
        return input.text("", name, SubmissionLimits.MAX_TEXT);
    }

    private void specVersion(@Nullable String value) {
        if (value != null && !value.equals(SPEC_VERSION)) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    "",
                    "specversion",
                    "specversion " + Texts.shown(value) + " is not known, send " + SPEC_VERSION);
        }
        if (value == null) {
            seen &= ~bit("specversion");
        }
    }

    private void type(@Nullable String value) {
        type = value == null ? null : EventType.of(value);
        mapping = value == null || type != null ? null : mappings.of(value);
        if (mapping != null) {
            type = EventType.USAGE;
        }
        if (value != null && type == null) {
            input.reject(
                    RejectionCode.UNKNOWN_TYPE,
                    "",
                    "type",
                    "type " + Texts.shown(value) + " is not known; known are " + EventType.known() + mappings.types()
                            + "; the setting tollgate.mappings makes another known");
        }
    }

    private void data() {
        JsonParser json = input.json();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (type != null) {
            readData(type);
            return;
        }
        if (token == JsonToken.START_OBJECT) {
            unreadData = input.stepOver();
        } else {
            json.skipChildren();
            rejectData();
        }
    }

    /** With the parser at the data's value. */
    private void readData(EventType of) {
        JsonParser json = input.json();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            rejectData();
            return;
        }
        dataRead = true;
        switch (of) {
            case USAGE ->
                usage = mapping == null
                        ? new UsageReader(input, "/" + DATA, null).read()
                        : new MappedReader(input, "/" + DATA, mapping).read();
            case VOID, AMEND -> correction = new CorrectionReader(input, of == EventType.AMEND).read();
            case RESPONSE -> usage = new UsageReader(input, "/" + DATA, new ResponseReader(input, "/" + DATA)).read();
        }
    }

    private void rejectData() {
        dataRead = true;
        input.reject(RejectionCode.INVALID_EVENT, "", DATA, "data must be an object");
    }

    private void require() {
        if ((seen & bit("specversion")) == 0) {
            input.reject(
                    RejectionCode.INVALID_EVENT, "", "specversion", "specversion is missing, send " + SPEC_VERSION);
        }
        if (id == null || id.isEmpty()) {
            input.reject(RejectionCode.INVALID_EVENT, "", "id", "id is missing");
        }
        if (source == null || source.isEmpty()) {
            input.reject(RejectionCode.INVALID_EVENT, "", "source", "source is missing: the service that sends, say");
        }
        if (type == null) {
            input.reject(RejectionCode.INVALID_EVENT, "", "type", "type is missing; known are " + EventType.known());
        }
    }

    private Verdict verdict(Sender sender, long now) {
        if (!dataRead && input.rejection() == null) {
            input.reject(RejectionCode.INVALID_EVENT, "", DATA, "data is missing");
        }
        if (type != null && !(type.isCorrection() ? sender.mayCorrect() : sender.mayIngest())) {
            input.reject(
                    RejectionCode.SCOPE_MISSING,
                    "the key lacks the scope '" + (type.isCorrection() ? "correct" : "ingest") + "'");
        }
        Event event = new Event(sender, input, String.valueOf(source), String.valueOf(id), subject, time, now);
        return event.verdict(id, usage, correction).in(TraceContext.of(traceparent, tracestate));
    }
}
