package io.tollgate.gateway.admin;

import io.tollgate.avro.DeadLetter;
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
import io.tollgate.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters in again: their originals go to {@code usage.inbox} as they came and are judged like anything that is
 * written there. What is still wrong becomes a dead letter again, and what is in the books already is a duplicate, so the same
 * replay twice bills nothing twice.
 */
public final class DeadLetters {
    private static final int MOST = 10_000;
    private static final int MOST_IDS = 1_000;
    /** Of the audit's entry, which is one record. */
    private static final int NAMED = 100;

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
        Passed passed = new Passed(again.stream().map(DeadLetters::record).toList(), audited(again));
        return backbone.writer().write(request.actor(), () -> Decision.pass(passed, answer));
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

    /** One entry for all of them; an id of its own where it is one letter. */
    private static Audited audited(List<Found.Replayable> again) {
        List<String> ids = again.stream()
                .map(found -> Wanted.id(found.letter()))
                .limit(NAMED)
                .toList();
        Set<@Nullable String> companies =
                again.stream().map(found -> found.letter().getCompany()).collect(Collectors.toSet());
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("replayed", again.size());
        after.put("ids", ids);
        return new Audited(
                "dead_letter",
                again.size() == 1 ? ids.get(0) : again.size() + " letters",
                companies.size() == 1 ? companies.iterator().next() : null,
                "replayed",
                null,
                Json.MAPPER.writeValueAsString(after));
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
