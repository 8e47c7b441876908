package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.gateway.backbone.Audited;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A kind of configuration record, and what the admin API does alike with each: reads it from its table, changes it through
 * the one writer, checks and answers its version as an ETag. Its schema has {@value #VERSION}, {@value #CREATED_AT} and
 * {@value #UPDATED_AT}.
 *
 * @param word what one is called, {@code alert_rule} say
 * @param view a record as JSON, without secrets: what is answered, and what the audit keeps
 * @param name of a record among its kind
 * @param company which one a record is about; null: all, or none
 */
record Kind<V extends SpecificRecord>(
        String word,
        Topic topic,
        Function<Backbone, ConfigTable<V>> table,
        Function<V, ?> view,
        Function<V, String> name,
        Function<V, @Nullable String> company) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    static final String VERSION = "version";
    static final String CREATED_AT = "created_at";
    static final String UPDATED_AT = "updated_at";

    /** Makes a record of a body and notes what is wrong with it; may look at all that is configured. */
    @FunctionalInterface
    interface Reader<V> {
        /**
         * The record that is wanted.
         *
         * @param prior what it replaces; null: it is new
         */
        V read(Fields fields, @Nullable V prior);
    }

    Answer get(AdminRequest request, Backbone backbone, byte[] key) {
        V found = table.apply(backbone).get(key);
        return found == null ? notFound(request) : answer(200, found);
    }

    /** A page of all, by name. */
    Answer list(AdminRequest request, Backbone backbone, List<Filter<V>> filters) {
        return Page.answer(request, filters, table.apply(backbone).values().stream(), name, view);
    }

    /** Key of a record that the path names by its id alone. */
    static byte[] key(AdminRequest request) {
        return request.variable("id").getBytes(UTF_8);
    }

    Answer put(AdminRequest request, Backbone backbone, byte[] key, Reader<V> reader) {
        return put(request, backbone, key, reader, this::answer);
    }

    /** Makes or replaces a record; the answer to one that says the same as before is that one. */
    Answer put(
            AdminRequest request,
            Backbone backbone,
            byte[] key,
            Reader<V> reader,
            BiFunction<Integer, V, Answer> answer) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        return backbone.writer().write(request.actor(), () -> {
            V prior = table.apply(backbone).get(key);
            Problem mismatch = Etag.check(request, prior == null ? null : version(prior));
            if (mismatch != null) {
                return Decision.unchanged(Answer.problem(mismatch, request.requestId()));
            }
            List<FieldError> errors = new ArrayList<>();
            Fields fields = Fields.of(body.tree(), "", errors);
            V wanted = reader.read(fields, prior);
            shown(fields);
            fields.refuseOthers();
            if (!errors.isEmpty()) {
                return Decision.unchanged(Answer.problem(Problem.invalid(errors), request.requestId()));
            }
            if (prior != null && succeeds(prior, wanted)) {
                return Decision.unchanged(answer.apply(200, prior));
            }
            return Decision.change(
                    changed(prior == null ? "created" : "replaced", key, prior, wanted),
                    answer.apply(prior == null ? 201 : 200, wanted));
        });
    }

    /** Decides on a record that must be there, of the version that the caller thinks it is. */
    Answer change(AdminRequest request, Backbone backbone, byte[] key, Function<V, Decision<Answer>> decide) {
        return backbone.writer().write(request.actor(), () -> {
            V prior = table.apply(backbone).get(key);
            if (prior == null) {
                return Decision.unchanged(notFound(request));
            }
            Problem mismatch = Etag.check(request, version(prior));
            return mismatch == null
                    ? decide.apply(prior)
                    : Decision.unchanged(Answer.problem(mismatch, request.requestId()));
        });
    }

    Answer delete(AdminRequest request, Backbone backbone, byte[] key) {
        return change(
                request,
                backbone,
                key,
                prior -> Decision.change(changed("deleted", key, prior, null), Answer.NO_CONTENT));
    }

    /**
     * A change of one record as it is written and audited; one of the two is there.
     *
     * @param action what was done, for the audit
     */
    ConfigChange changed(String action, byte[] key, @Nullable V prior, @Nullable V next) {
        V named = next == null ? Objects.requireNonNull(prior) : next;
        return new ConfigChange(
                topic,
                key,
                next,
                new Audited(word, name.apply(named), company.apply(named), action, json(prior), json(next)));
    }

    /** Members that every answer shows and no request sets. */
    static void shown(Fields fields) {
        fields.shown("id", VERSION, CREATED_AT, UPDATED_AT);
    }

    private @Nullable String json(@Nullable V record) {
        return record == null ? null : Json.MAPPER.writeValueAsString(view.apply(record));
    }

    Answer answer(int status, V record) {
        return answer(status, record, view.apply(record));
    }

    /** With another view of it than the usual one. */
    Answer answer(int status, V record, Object shown) {
        return Answer.json(status, shown).with("etag", Etag.of(version(record)));
    }

    Answer notFound(AdminRequest request) {
        return Answer.problem(
                Problem.notFound("there is no " + word.replace('_', ' ') + " " + request.variable("id")),
                request.requestId());
    }

    /** Notes where an id is none that an administrator may give. */
    static void checkId(Fields fields, String id) {
        if (!ID.matcher(id).matches()) {
            fields.objection("invalid", "'" + id + "' is no id: it is of a-z, A-Z, 0-9, '.', '_' and '-', up to 128");
        }
    }

    /** Makes {@code wanted} the next version of what was there; true where it says nothing new. */
    boolean succeeds(V prior, V wanted) {
        Object now = wanted.get(position(wanted, UPDATED_AT));
        for (String field : List.of(VERSION, CREATED_AT, UPDATED_AT)) {
            int position = position(wanted, field);
            wanted.put(position, prior.get(position));
        }
        if (wanted.equals(prior)) {
            return true;
        }
        wanted.put(position(wanted, VERSION), version(prior) + 1);
        wanted.put(position(wanted, UPDATED_AT), now);
        return false;
    }

    static long version(SpecificRecord record) {
        return (Long) record.get(position(record, VERSION));
    }

    /** As one that is made at {@code now}, epoch µs. */
    static void stamp(SpecificRecord record, long now) {
        record.put(position(record, CREATED_AT), now);
        record.put(position(record, UPDATED_AT), now);
    }

    private static int position(SpecificRecord record, String field) {
        return record.getSchema().getField(field).pos();
    }
}
