package io.tollgate.gateway.admin;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.gateway.backbone.Audited;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.backbone.Passed;
import io.tollgate.gateway.dead.Cursor;
import io.tollgate.gateway.dead.DeadLetterScan;
import io.tollgate.gateway.dead.Found;
import io.tollgate.gateway.dead.Wanted;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.submission.SubmissionJson;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends dead letters in again: their originals, or what these should have been, go to {@code usage.inbox} and are judged like
 * anything that is written there. What is still wrong becomes a dead letter again, and what is in the books already is a
 * duplicate, so the same replay twice bills nothing twice.
 *
 * <p>The audit's entry of a letter is also what links it to its event: it is written in the replay's own transaction, so
 * neither is there without the other, and it knows who it was, when and in which version.
 */
public final class DeadLetters {
    private static final int MOST = 10_000;
    private static final int MOST_IDS = 1_000;
    /** Each of some seconds. */
    private static final int MOST_SCANS = 5;

    private static final byte[] NO_FIX = {'{', '}'};
    private static final String KIND = "dead_letter";

    private final Clock clock;

    public DeadLetters(Clock clock) {
        this.clock = clock;
    }

    /**
     * What went in again.
     *
     * @param action {@code replayed}: as it came; {@code fixed}: as it should have been
     */
    record Sent(String id, String action) {}

    /** Sends again what the body means. */
    public Answer replay(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.tree(), "", errors);
        Wanted wanted = wanted(fields);
        boolean dryRun = fields.flag("dry_run", false);
        Long limit = fields.whole("limit", 1, MOST);
        Cursor cursor = cursor(fields);
        fields.refuseOthers();
        if (!errors.isEmpty()) {
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        DeadLetterScan.Result result =
                DeadLetterScan.read(backbone, wanted, cursor, limit == null ? MOST : limit.intValue());
        List<Found.Replayable> again = of(Found.Replayable.class, result);
        Answer answer = Answer.json(200, view(dryRun, wanted, again, result));
        if (dryRun || again.isEmpty()) {
            return answer;
        }
        Passed passed = new Passed(
                again.stream().map(DeadLetters::record).toList(),
                again.stream().map(DeadLetters::audited).toList());
        return backbone.writer().write(request.actor(), () -> Decision.pass(passed, answer));
    }

    /** Sends one again: as it came or, where the body has {@code data}, as it should have been. */
    public Answer one(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        Found found = Wanted.isId(id) ? find(backbone, id) : null;
        if (found == null) {
            return Answer.problem(Problem.notFound("there is no dead letter " + id), request.requestId());
        }
        Fields.Parsed body = request.body().length == 0 ? Fields.parse(NO_FIX) : Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        boolean isFix = !body.tree().isEmpty();
        if (found instanceof Found.Left left && !(isFix && left.isFixable())) {
            return left(request, left);
        }
        if (!isFix && found instanceof Found.Replayable again) {
            return send(request, backbone, again.letter(), record(again), audited(again));
        }
        Submission original = found instanceof Found.Replayable again
                ? backbone.codecs().inbox().decode(again.original())
                : null;
        return fix(request, backbone, found.letter(), original, body.tree());
    }

    private Answer fix(
            AdminRequest request, Backbone backbone, DeadLetter letter, @Nullable Submission original, JsonNode body) {
        List<FieldError> errors = new ArrayList<>();
        Submission fixed = DeadLetterFix.read(body, letter, original, Times.micros(clock), errors);
        if (fixed != null && original == null && backbone.companies().get(fixed.getCompany()) == null) {
            errors.add(new FieldError("/company", "unknown_company", "there is no company " + fixed.getCompany()));
        }
        if (fixed == null || !errors.isEmpty()) {
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        byte[] key = EventHash.of(fixed.getCompany(), fixed.getSource(), fixed.getId());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.USAGE_INBOX.name(), key, backbone.codecs().inbox().encode(fixed));
        Audited audited = new Audited(
                KIND,
                Wanted.id(letter),
                fixed.getCompany(),
                "fixed",
                original == null ? null : SubmissionJson.of(original).toString(),
                SubmissionJson.of(fixed).toString());
        return send(request, backbone, letter, record, audited);
    }

    private static Answer send(
            AdminRequest request,
            Backbone backbone,
            DeadLetter letter,
            ProducerRecord<byte[], byte[]> record,
            Audited audited) {
        Answer answer = Answer.json(200, new Sent(Wanted.id(letter), audited.action()));
        Passed passed = new Passed(List.of(record), List.of(audited));
        return backbone.writer().write(request.actor(), () -> Decision.pass(passed, answer));
    }

    private static Answer left(AdminRequest request, Found.Left left) {
        return Answer.problem(
                Problem.of(409, "not_replayable", "The dead letter can't go in again", left.detail()),
                request.requestId());
    }

    /** Null where there is none, as far as can be looked in the time that a caller has. */
    private static @Nullable Found find(Backbone backbone, String id) {
        DeadLetterScan.Result result = null;
        for (int scan = 0; scan < MOST_SCANS; scan++) {
            result = DeadLetterScan.read(backbone, Wanted.one(id), result == null ? null : result.next(), 1);
            if (!result.found().isEmpty()) {
                return result.found().get(0);
            }
            if (result.next() == null) {
                return null;
            }
        }
        throw new TimeoutException("the dead letters could not be read to their end in time");
    }

    private static Wanted wanted(Fields fields) {
        List<String> ids = fields.list("ids");
        Wanted wanted = new Wanted(
                ids == null ? Set.of() : Set.copyOf(ids),
                fields.text("code"),
                fields.text("company"),
                fields.time("from"),
                fields.time("to"));
        if (wanted.ids().size() > MOST_IDS) {
            fields.error("ids", "invalid", MOST_IDS + " at most in one call");
        }
        boolean isNarrow = ids != null || wanted.code() != null || wanted.company() != null;
        if (!isNarrow && wanted.from() == null && wanted.to() == null) {
            fields.objection("missing", "say which: ids, or code, company, from or to");
        }
        if (wanted.from() != null && wanted.to() != null && wanted.to() <= wanted.from()) {
            fields.error("to", "invalid", "must be after from");
        }
        return wanted;
    }

    private static @Nullable Cursor cursor(Fields fields) {
        String given = fields.text("cursor");
        Cursor cursor = given == null ? null : Cursor.parse(given);
        if (given != null && cursor == null) {
            fields.error("cursor", "invalid", "is no next_cursor of such an answer");
        }
        return cursor;
    }

    private static ProducerRecord<byte[], byte[]> record(Found.Replayable found) {
        return new ProducerRecord<>(Topics.USAGE_INBOX.name(), found.key(), found.original());
    }

    /** An entry for each letter, by which it is known later that it went in again. */
    private static Audited audited(Found.Replayable found) {
        DeadLetter letter = found.letter();
        Map<String, @Nullable String> after = new LinkedHashMap<>();
        after.put("source", letter.getSource());
        after.put("id", letter.getId());
        return new Audited(
                KIND, Wanted.id(letter), letter.getCompany(), "replayed", null, Json.MAPPER.writeValueAsString(after));
    }

    private static Map<String, @Nullable Object> view(
            boolean dryRun, Wanted wanted, List<Found.Replayable> again, DeadLetterScan.Result result) {
        List<LeftView> left = new ArrayList<>();
        of(Found.Left.class, result).forEach(one -> left.add(LeftView.of(one)));
        if (result.next() == null) {
            Set<String> known = result.found().stream()
                    .map(found -> Wanted.id(found.letter()))
                    .collect(Collectors.toSet());
            wanted.ids().stream()
                    .filter(id -> !known.contains(id))
                    .sorted()
                    .forEach(id -> left.add(new LeftView(
                            id, null, null, "not_found", "there is no such letter, or it is none that was meant")));
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("dry_run", dryRun);
        view.put("replayed", again.size());
        view.put("ids", again.stream().map(found -> Wanted.id(found.letter())).toList());
        view.put("left", left);
        view.put("next_cursor", result.next() == null ? null : result.next().toString());
        return view;
    }

    private static <F extends Found> List<F> of(Class<F> kind, DeadLetterScan.Result result) {
        return result.found().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What is not sent again, and why. */
    private record LeftView(String id, @Nullable String code, @Nullable String company, String reason, String detail) {
        static LeftView of(Found.Left left) {
            DeadLetter letter = left.letter();
            return new LeftView(Wanted.id(letter), letter.getCode(), letter.getCompany(), left.reason(), left.detail());
        }
    }
}
