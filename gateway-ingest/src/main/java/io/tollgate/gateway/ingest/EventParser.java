package io.tollgate.gateway.ingest;

import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.Formats;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.mapping.Mappings;
import io.tollgate.schemas.submission.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    private final Mappings mappings;

    /** One that takes no events of other meters. */
    public EventParser(int maxEvents, int maxDepth) {
        this(maxEvents, maxDepth, Mappings.NONE);
    }

    /**
     * @param maxEvents in one batch
     * @param maxDepth of nested objects and arrays
     * @param mappings how events of other meters are read
     */
    public EventParser(int maxEvents, int maxDepth, Mappings mappings) {
        this.maxEvents = maxEvents;
        this.maxDepth = maxDepth;
        this.mappings = mappings;
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
    public sealed interface Parsed permits Events, Unreadable {}

    /** One verdict for each event. */
    public record Events(List<Verdict> verdicts) implements Parsed {}

    /** No events. */
    public record Unreadable(Problem problem) implements Parsed {}

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
                Verdict verdict = new EventReader(new EventInput(factory, body, json, ""), mappings).read(sender, now);
                return end(json, new Events(List.of(verdict)));
            }
            if (first == JsonToken.START_ARRAY && format.takesBatch()) {
                return batch(json, body, input -> new EventReader(input, mappings).read(sender, now));
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
            EventReader reader = new EventReader(new EventInput(factory, body, json, ""), mappings);
            attributes.forEach(reader::attribute);
            if (json.nextToken() == null) {
                return unreadable("the body is empty; with ce- headers it is the event's data");
            }
            return end(json, new Events(List.of(reader.readData(sender, now))));
        } catch (JacksonException e) {
            return unreadable(e);
        }
    }

    /**
     * Lets another read a body that is one object, with the parser at its beginning.
     *
     * @return null: it was JSON to its end
     */
    public @Nullable Unreadable readObject(byte[] body, int length, Consumer<JsonParser> reader) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return unreadable("the body must be a JSON object");
            }
            reader.accept(json);
            return json.nextToken() == null ? null : unreadable("there is more behind the end of the JSON value");
        } catch (JacksonException e) {
            // Only where: what a parser stumbles over it quotes, and that may be words of a prompt.
            return isTooDeep(e) ? tooDeep() : unreadable("no JSON" + at(e));
        }
    }

    /** Reads LiteLLM's log: an array, or one object after another, whose pointers are then within each. */
    Parsed parseLitellm(byte[] body, int length, LitellmForm form, Sender sender, long now) {
        Function<EventInput, Verdict> reading = input -> new LitellmReader(input, form.source(), sender, now).read();
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, 0, length)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                return batch(json, body, reading);
            }
            List<Verdict> verdicts = new ArrayList<>();
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                if (verdicts.size() == maxEvents) {
                    return tooMany();
                }
                verdicts.add(one(token, new EventInput(factory, body, json, ""), reading));
            }
            return verdicts.isEmpty() ? unreadable("the body is empty") : new Events(verdicts);
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
                String objection =
                        json.currentToken() == JsonToken.START_ARRAY ? Formats.objectionToArray(form.format()) : null;
                if (objection != null) {
                    return unreadable("the body is an array: " + objection);
                }
                chunks = BodyReader.read(json, form.format());
                if (json.nextToken() != null) {
                    return unreadable("there is more behind the end of the JSON value");
                }
            }
            return new Events(List.of(vendorVerdict(form, chunks, input, sender, now)));
        } catch (JacksonException e) {
            return unreadable(e);
        }
    }

    private static Verdict vendorVerdict(
            VendorForm form, List<JsonNode> chunks, EventInput input, Sender sender, long now) {
        VendorCall call = form.call();
        ReadCall read = new ReadCall(
                call.source(sender), call.id(), call.user(), call.time(), call.usage(input), form.format(), chunks);
        return read.verdict(VendorCall.NAMES, input, sender, now);
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

    private Parsed batch(JsonParser json, byte[] body, Function<EventInput, Verdict> reading) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (verdicts.size() == maxEvents) {
                return tooMany();
            }
            verdicts.add(one(token, new EventInput(factory, body, json, "/" + verdicts.size()), reading));
        }
        return end(json, new Events(verdicts));
    }

    private static Verdict one(JsonToken token, EventInput input, Function<EventInput, Verdict> reading) {
        if (token == JsonToken.START_OBJECT) {
            return reading.apply(input);
        }
        input.json().skipChildren();
        input.reject(RejectionCode.INVALID_EVENT, "an event must be an object");
        return new Verdict.Rejected(null, Objects.requireNonNull(input.rejection()));
    }

    private Unreadable tooMany() {
        return new Unreadable(Problem.tooLarge(
                "too_many_events", "more than " + maxEvents + " events in one request; send them in several"));
    }

    private static Parsed end(JsonParser json, Events events) {
        return json.nextToken() == null ? events : unreadable("there is more behind the end of the JSON value");
    }

    private Unreadable unreadable(JacksonException e) {
        if (isTooDeep(e)) {
            return tooDeep();
        }
        String message = Json.objection(e);
        String cut = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        return unreadable("no JSON: " + Texts.writable(cut) + at(e));
    }

    private static boolean isTooDeep(JacksonException e) {
        return Json.objection(e).contains("nesting depth");
    }

    private Unreadable tooDeep() {
        return new Unreadable(
                Problem.unreadable("too_deep", "objects and arrays are nested deeper than " + maxDepth + " levels"));
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static Unreadable unreadable(String detail) {
        return new Unreadable(Problem.unreadable("unreadable_body", detail));
    }
}
