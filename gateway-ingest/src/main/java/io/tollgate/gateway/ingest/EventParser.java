package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * A request's body to one verdict for each of its events. Pure, streaming, and total: bytes that are no events are an
 * {@link Unreadable}, never an exception. Nothing is sent before all of it is read, so a body that breaks off half-way
 * leaves nothing behind.
 */
public final class EventParser {
    private static final int MAX_MESSAGE = 200;

    private final JsonFactory factory;
    private final int maxEvents;
    private final int maxDepth;

    /**
     * @param maxEvents in one batch
     * @param maxDepth of nested objects and arrays
     */
    public EventParser(int maxEvents, int maxDepth) {
        this.maxEvents = maxEvents;
        this.maxDepth = maxDepth;
        this.factory = JsonFactory.builder()
                // Lengths are an event's own fault and judged by event; the body's size bounds them all.
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** What a body turned out to be. */
    sealed interface Parsed permits Events, Unreadable {}

    /** @param isBatch whether it was an array, so that pointers name an index */
    record Events(List<Verdict> verdicts, boolean isBatch) implements Parsed {}

    /** No events. */
    record Unreadable(Problem problem) implements Parsed {}

    /**
     * Reads a body of one event or a batch.
     *
     * @param now epoch µs
     */
    Parsed parse(byte[] body, int length, EventFormat format, Sender sender, long now) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return unreadable("the body is empty");
            }
            if (first == JsonToken.START_OBJECT && format.takesOne()) {
                Verdict verdict = new EventReader(new EventInput(factory, body, json, "")).read(sender, now);
                return end(json, new Events(List.of(verdict), false));
            }
            if (first == JsonToken.START_ARRAY && format.takesBatch()) {
                return batch(json, body, sender, now);
            }
            return unreadable(format.expectation());
        } catch (JacksonException e) {
            return unreadable(e);
        }
    }

    /**
     * Reads a body that is the data of one event, whose attributes came apart from it.
     *
     * @param attributes of CloudEvents, by name
     */
    Parsed parseData(byte[] body, int length, Map<String, String> attributes, Sender sender, long now) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            EventReader reader = new EventReader(new EventInput(factory, body, json, ""));
            attributes.forEach(reader::attribute);
            if (json.nextToken() == null) {
                return unreadable("the body is empty; with ce- headers it is the event's data");
            }
            return end(json, new Events(List.of(reader.readData(sender, now)), false));
        } catch (JacksonException e) {
            return unreadable(e);
        }
    }

    /** Reads a vendor's response body, whole or as the stream that it came in. */
    Parsed parseVendor(byte[] body, int length, VendorForm form, Sender sender, long now) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            EventInput input = new EventInput(factory, body, json, "");
            List<JsonNode> chunks;
            if (form.isEventStream()) {
                chunks = eventStream(body, length, form.format());
            } else {
                if (json.nextToken() == null) {
                    return unreadable("the body is empty; send the vendor's response as it came");
                }
                chunks = BodyReader.read(json, form.format());
                if (json.nextToken() != null) {
                    return unreadable("there is more behind the end of the JSON value");
                }
            }
            return new Events(List.of(vendorVerdict(form, chunks, input, sender, now)), false);
        } catch (JacksonException e) {
            return unreadable(e);
        }
    }

    private static Verdict vendorVerdict(
            VendorForm form, List<JsonNode> chunks, EventInput input, Sender sender, long now) {
        VendorCall call = form.call();
        String id = String.valueOf(input.storable(call.id(), "", "Idempotency-Key", SubmissionLimits.MAX_TEXT));
        String source =
                String.valueOf(input.storable(call.source(sender), "", "x-event-source", SubmissionLimits.MAX_TEXT));
        String user = call.user() == null ? null : input.storable(call.user(), "", "x-user", SubmissionLimits.MAX_TEXT);
        Usage usage = call.usage(input);
        VendorUsage.fill(usage, form.format(), chunks);
        VendorUsage.require(usage, input);
        if (!sender.mayIngest()) {
            input.reject(RejectionCode.SCOPE_MISSING, "the key lacks the scope 'ingest'");
        }
        return new Event(sender, input, source, id, user, call.time(), now).verdict(id, usage, null);
    }

    /** The last event may have been cut off with the stream: what came before it counts. */
    private List<JsonNode> eventStream(byte[] body, int length, UsageFormat format) {
        List<String> events = VendorForm.events(new String(body, 0, length, StandardCharsets.UTF_8));
        List<JsonNode> chunks = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            try (JsonParser json = factory.createParser(ObjectReadContext.empty(), events.get(i))) {
                while (json.nextToken() != null) {
                    chunks.addAll(BodyReader.read(json, format));
                }
            } catch (JacksonException e) {
                if (i < events.size() - 1) {
                    throw e;
                }
            }
        }
        return chunks;
    }

    private Parsed batch(JsonParser json, byte[] body, Sender sender, long now) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (verdicts.size() == maxEvents) {
                return new Unreadable(Problem.tooLarge(
                        "too_many_events", "more than " + maxEvents + " events in one request; send them in several"));
            }
            EventInput input = new EventInput(factory, body, json, "/" + verdicts.size());
            if (token == JsonToken.START_OBJECT) {
                verdicts.add(new EventReader(input).read(sender, now));
            } else {
                json.skipChildren();
                String pointer = "/" + verdicts.size();
                verdicts.add(new Verdict.Rejected(
                        null, new Rejection(RejectionCode.INVALID_EVENT, pointer, "an event must be an object")));
            }
        }
        return end(json, new Events(verdicts, true));
    }

    private static Parsed end(JsonParser json, Events events) {
        return json.nextToken() == null ? events : unreadable("there is more behind the end of the JSON value");
    }

    private Parsed unreadable(JacksonException e) {
        String message = Json.objection(e);
        if (message.contains("nesting depth")) {
            return new Unreadable(Problem.unreadable(
                    "too_deep", "objects and arrays are nested deeper than " + maxDepth + " levels"));
        }
        String cut = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        return unreadable("no JSON: " + Texts.writable(cut) + at(e));
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static Parsed unreadable(String detail) {
        return new Unreadable(Problem.unreadable("unreadable_body", detail));
    }
}
