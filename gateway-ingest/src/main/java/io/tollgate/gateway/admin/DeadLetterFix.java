package io.tollgate.gateway.admin;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.WrittenEvent;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a dead letter's original should have been: its event with another {@code data}, judged as an event that comes by HTTP.
 * It stays the event that it is: its company, source and id are the original's wherever that has ones that can be kept; so
 * are its time, user, key and arrival, unless the fix says another. Pure.
 */
final class DeadLetterFix {
    static final String DATA = "data";

    /** The first is meant where none is said. */
    private static final List<String> USAGES = List.of("tollgate.usage.v1", "tollgate.response.v1");

    private static final Set<SubmissionKind> CORRECTIONS = EnumSet.of(SubmissionKind.VOID, SubmissionKind.AMEND);

    private final Fields fields;
    private final List<FieldError> errors;
    private final DeadLetter letter;
    private final @Nullable Submission original;

    private DeadLetterFix(Fields fields, List<FieldError> errors, DeadLetter letter, @Nullable Submission original) {
        this.fields = fields;
        this.errors = errors;
        this.letter = letter;
        this.original = original;
    }

    /**
     * Reads a fix and notes what is wrong with it.
     *
     * @param body with {@code data}, and {@code type}, {@code company}, {@code source}, {@code id}, {@code time}, {@code subject}
     *     where those are to be said
     * @param original null where it can't be read
     * @param now epoch µs
     * @return null where something is wrong
     */
    static @Nullable Submission read(
            JsonNode body, DeadLetter letter, @Nullable Submission original, long now, List<FieldError> errors) {
        Fields fields = Fields.of(body, "", errors);
        return new DeadLetterFix(fields, errors, letter, original).read(body, now);
    }

    private @Nullable Submission read(JsonNode body, long now) {
        Submission prior = original;
        Usage used = prior == null ? null : prior.getUsage();
        boolean corrects = prior != null && CORRECTIONS.contains(prior.getKind());
        String company = kept("company", prior == null ? letter.getCompany() : prior.getCompany());
        String source = kept("source", prior == null ? letter.getSource() : prior.getSource());
        String id = kept("id", prior == null ? letter.getId() : prior.getId());
        ObjectNode event = Json.MAPPER.createObjectNode().put("specversion", "1.0");
        Fields data = fields.object(DATA);
        if (data == null) {
            fields.error(DATA, "missing", "is required: what the event's data should have been");
        } else if (prior != null && corrects) {
            correct(event.put("source", source).put("id", id), prior, data, (ObjectNode) body.path(DATA));
        } else {
            event.put("type", type()).put("source", source).put("id", id).set(DATA, body.path(DATA));
        }
        String time = fields.text("time");
        event.put("time", time != null || used == null || corrects ? time : Times.text(used.getEventTime()));
        String subject = fields.text("subject");
        boolean saysWho = subject != null || fields.isNull("subject");
        event.put("subject", saysWho || used == null ? subject : used.getUser());
        fields.refuseOthers();
        if (!errors.isEmpty()) {
            return null;
        }
        WrittenEvent written = WrittenEvent.read(event, company, now);
        Submission fixed = written.submission();
        if (fixed == null) {
            errors.add(Objects.requireNonNull(written.error()));
            return null;
        }
        return prior == null ? fixed : asItArrived(fixed, prior, time != null);
    }

    private String type() {
        String type = fields.text("type");
        if (type != null && !USAGES.contains(type)) {
            fields.error("type", "invalid", "must be one of " + USAGES);
        }
        return type == null ? USAGES.get(0) : type;
    }

    /** What names the event stays, or the fix would be of another one; it may only be said where the original has none. */
    private String kept(String member, @Nullable String there) {
        String said = fields.text(member);
        if (there != null
                && !there.isEmpty()
                && there.length() <= SubmissionLimits.MAX_TEXT
                && SubmissionRules.isStorable(there)) {
            stays(fields, member, there, said);
            return there;
        }
        if (said == null || said.isBlank()) {
            fields.error(member, "missing", "is required here, since the original has none that can be kept");
        }
        return String.valueOf(said);
    }

    private static void stays(Fields fields, String member, String there, @Nullable String said) {
        if (said != null && !said.equals(there)) {
            fields.error(member, "invalid", "is '" + there + "' and stays so: a fix is of the same event");
        }
    }

    /**
     * Makes the event of a void or an amend.
     *
     * @param event has source and id of what it corrects
     */
    private void correct(ObjectNode event, Submission prior, Fields said, ObjectNode data) {
        boolean isAmend = prior.getKind() == SubmissionKind.AMEND;
        fields.refuse("type", "what corrects another event stays what it is");
        fields.refuse("time", "is no part of a correction; an amend has it within its data");
        stays(said, "source", event.path("source").asString(""), said.text("source"));
        stays(said, "id", event.path("id").asString(""), said.text("id"));
        ObjectNode whole = data.deepCopy();
        whole.set("source", event.path("source"));
        whole.set("id", event.path("id"));
        if (isAmend && !whole.has("revision")) {
            whole.put("revision", prior.getRevision());
        }
        if (!whole.has("reason")) {
            whole.put("reason", prior.getReason());
        }
        event.put("type", isAmend ? "tollgate.amend.v1" : "tollgate.void.v1").set(DATA, whole);
    }

    /** @param isTimed whether the fix says when it was */
    private static Submission asItArrived(Submission fixed, Submission original, boolean isTimed) {
        fixed.setCorrectionSource(original.getCorrectionSource());
        fixed.setCorrectionId(original.getCorrectionId());
        fixed.setAuthId(original.getAuthId());
        fixed.setReceivedAt(original.getReceivedAt());
        Usage usage = fixed.getUsage();
        Usage before = original.getUsage();
        if (usage != null && before != null) {
            usage.setOverQuotas(before.getOverQuotas());
            if (original.getKind() == SubmissionKind.USAGE && !isTimed) {
                usage.setEventTimeGiven(before.getEventTimeGiven());
            }
        }
        return fixed;
    }
}
