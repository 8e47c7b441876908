package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a void's or an amend's {@code data}: the event that it corrects, and what an amend puts in its place. */
final class CorrectionReader {
    private static final String PARENT = "/data";

    private final EventInput input;
    private final boolean isAmend;
    private int seen;
    private @Nullable String source;
    private @Nullable String id;
    private @Nullable String reason;
    private @Nullable Long revision;
    private @Nullable Usage usage;
    private @Nullable String usageTime;

    CorrectionReader(EventInput input, boolean isAmend) {
        this.input = input;
        this.isAmend = isAmend;
    }

    /** The correction of the object that the parser stands at; null where it names no event (then with an objection). */
    @Nullable
    Correction read() {
        JsonParser json = input.json();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            readMember(name);
        }
        String target = source;
        String targetId = id;
        if (target == null || target.isEmpty()) {
            input.reject(RejectionCode.INVALID_EVENT, PARENT, "source", "source of the event to correct is missing");
            return null;
        }
        if (targetId == null || targetId.isEmpty()) {
            input.reject(RejectionCode.INVALID_EVENT, PARENT, "id", "id of the event to correct is missing");
            return null;
        }
        if (!isAmend) {
            return new Correction(target, targetId, 1, reason, null, null);
        }
        Long number = revision;
        if (number == null) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    PARENT,
                    "revision",
                    "revision is missing: 2 for the first amend, the original is 1");
            return null;
        }
        if (usage == null) {
            input.reject(RejectionCode.INVALID_EVENT, PARENT, "data", "data is missing: the usage as it really was");
        }
        return new Correction(target, targetId, number.intValue(), reason, usage, usageTime);
    }

    private void readMember(String name) {
        switch (name) {
            case "source" -> {
                if (first(1, name)) {
                    source = input.text(PARENT, name, SubmissionLimits.MAX_TEXT);
                }
            }
            case "id" -> {
                if (first(1 << 1, name)) {
                    id = input.text(PARENT, name, SubmissionLimits.MAX_TEXT);
                }
            }
            case "reason" -> {
                if (first(1 << 2, name)) {
                    reason = input.text(PARENT, name, SubmissionLimits.MAX_REASON);
                }
            }
            case "revision" -> {
                if (!isAmend) {
                    input.skip();
                } else if (first(1 << 3, name)) {
                    revision = input.wholeNumber(PARENT, name, SubmissionLimits.FIRST_AMEND, Integer.MAX_VALUE);
                }
            }
            case "data" -> {
                if (!isAmend) {
                    input.skip();
                } else if (first(1 << 4, name)) {
                    readUsage();
                }
            }
            default -> input.skip();
        }
    }

    private void readUsage() {
        JsonToken token = input.json().nextToken();
        if (token == JsonToken.START_OBJECT) {
            UsageReader reader = new UsageReader(input, PARENT + "/data", null);
            usage = reader.read();
            usageTime = reader.timeText();
        } else if (token != JsonToken.VALUE_NULL) {
            input.json().skipChildren();
            input.reject(RejectionCode.INVALID_EVENT, PARENT, "data", "data must be an object");
        }
    }

    private boolean first(int bit, String name) {
        if ((seen & bit) != 0) {
            input.rejectTwice(PARENT, name);
            return false;
        }
        seen |= bit;
        return true;
    }

    /**
     * What is said about an earlier event.
     *
     * @param usage of an amend, else null
     * @param usageTime when the event really was, null where the amend leaves it
     */
    record Correction(
            String source,
            String id,
            int revision,
            @Nullable String reason,
            @Nullable Usage usage,
            @Nullable String usageTime) {}
}
