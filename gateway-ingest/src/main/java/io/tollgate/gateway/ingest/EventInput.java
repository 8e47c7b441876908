package io.tollgate.gateway.ingest;

import io.tollgate.schemas.submission.RejectionCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One event's JSON, read member by member. An objection does not stop it: the parser must come out behind the event. */
final class EventInput extends Objections {
    private final JsonFactory factory;
    private final byte[] body;
    private JsonParser json;
    /** Where in the body the parser began. */
    private int base;

    /**
     * @param body that the parser reads from its beginning
     * @param prefix pointer to the event in its request: empty, or its place in a batch
     */
    EventInput(JsonFactory factory, byte[] body, JsonParser json, String prefix) {
        super(prefix);
        this.factory = factory;
        this.body = body;
        this.json = json;
    }

    /** An object or array within the body: bytes from {@code from} up to {@code to}. */
    record Stretch(int from, int to) {}

    JsonParser json() {
        return json;
    }

    /** Steps over the object or array that the parser stands at, to be read later. */
    Stretch stepOver() {
        int from = base + Math.toIntExact(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        return new Stretch(from, base + Math.toIntExact(json.currentLocation().getByteOffset()));
    }

    /** Lets a stretch be read, with the parser at its first token; then the parser is again where it was. */
    void readAgain(Stretch stretch, Runnable reading) {
        JsonParser outer = json;
        int outerBase = base;
        try (JsonParser inner =
                factory.createParser(ObjectReadContext.empty(), body, stretch.from(), stretch.to() - stretch.from())) {
            inner.nextToken();
            json = inner;
            base = stretch.from();
            reading.run();
        } finally {
            json = outer;
            base = outerBase;
        }
    }

    /** Steps over the value of the member whose name was read last. */
    void skip() {
        json.nextToken();
        json.skipChildren();
    }

    /** The member's text; null where it is null, or no text that can be kept (then with an objection). */
    @Nullable
    String text(String parent, String member, int longest) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return storable(json.getString(), parent, member, longest);
        }
        if (token != JsonToken.VALUE_NULL) {
            json.skipChildren();
            reject(RejectionCode.INVALID_EVENT, parent, member, member + " must be a string");
        }
        return null;
    }

    /** The text of a member that nothing hangs on; null where it is none. */
    @Nullable
    String textOrNull() {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return null;
    }

    /** The member's whole number within bounds; null where it is null, or none (then with an objection). */
    @Nullable
    Long wholeNumber(String parent, String member, long least, long most) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == JsonToken.VALUE_NUMBER_INT && json.getStringLength() <= 18) {
            long value = json.getLongValue();
            if (value >= least && value <= most) {
                return value;
            }
        }
        json.skipChildren();
        reject(
                RejectionCode.INVALID_EVENT,
                parent,
                member,
                member + " must be a whole number from " + least + " to " + most);
        return null;
    }

    boolean flag(String parent, String member, boolean absent) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token != JsonToken.VALUE_NULL) {
            json.skipChildren();
            reject(RejectionCode.INVALID_EVENT, parent, member, member + " must be true or false");
        }
        return absent;
    }

    /** Objects to a member that came before: which of the two is meant can't be told. */
    void rejectTwice(String parent, String member) {
        skip();
        reject(RejectionCode.INVALID_EVENT, parent, member, Texts.shown(member) + " is there twice");
    }
}
