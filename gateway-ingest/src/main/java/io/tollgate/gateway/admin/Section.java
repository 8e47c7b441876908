package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of record as a document of the whole configuration holds it: in the form that its PUT takes, with its id among the
 * members. What is decided of one record here is what PUT and DELETE would decide of it, but for the writing.
 */
public final class Section<V extends SpecificRecord> {
    private static final Set<String> SHOWN = Set.of(Kind.VERSION, Kind.CREATED_AT, Kind.UPDATED_AT);

    private final String member;
    private final Class<V> type;
    private final Kind<V> kind;
    private final Reader<V> reader;
    private final Set<String> shown;
    private final Function<Fields, String> naming;
    private final Function<String, byte[]> key;
    private final BiFunction<V, Long, @Nullable V> ending;

    /** Makes a record of a document's member and notes what is wrong with it. */
    @FunctionalInterface
    interface Reader<V> {
        /**
         * The record that is wanted.
         *
         * @param prior what it replaces; null: it is new
         * @param now epoch µs
         */
        Made<V> read(Fields fields, String name, @Nullable V prior, Known known, long now);
    }

    /** The same for kinds without secrets. */
    @FunctionalInterface
    interface PlainReader<V> {
        /** The record that is wanted. */
        V read(Fields fields, String name, @Nullable V prior, Known known, long now);
    }

    /**
     * A record that was read.
     *
     * @param secret that was made for it; null: none was
     */
    record Made<V>(V record, @Nullable String secret) {}

    /**
     * What a member of a document comes to.
     *
     * @param record as it is from then on, the prior one itself where it says nothing new
     * @param secret to be shown this once; null: there is none
     */
    public record Wanted<V>(V record, @Nullable String secret) {}

    private Section(
            String member,
            Class<V> type,
            Kind<V> kind,
            Reader<V> reader,
            Set<String> shown,
            Function<Fields, String> naming,
            Function<String, byte[]> key,
            BiFunction<V, Long, @Nullable V> ending) {
        this.member = member;
        this.type = type;
        this.kind = kind;
        this.reader = reader;
        this.shown = shown;
        this.naming = naming;
        this.key = key;
        this.ending = ending;
    }

    static <V extends SpecificRecord> Section<V> of(String member, Class<V> type, Kind<V> kind, PlainReader<V> reader) {
        return withSecrets(
                member,
                type,
                kind,
                (fields, name, prior, known, now) -> new Made<>(reader.read(fields, name, prior, known, now), null));
    }

    static <V extends SpecificRecord> Section<V> withSecrets(
            String member, Class<V> type, Kind<V> kind, Reader<V> reader) {
        return new Section<>(
                member,
                type,
                kind,
                reader,
                SHOWN,
                fields -> fields.required("id"),
                name -> name.getBytes(UTF_8),
                (record, now) -> null);
    }

    /** With members of an answer that no request sets. */
    Section<V> shows(String... names) {
        Set<String> all = new HashSet<>(shown);
        all.addAll(List.of(names));
        return new Section<>(member, type, kind, reader, Set.copyOf(all), naming, key, ending);
    }

    /** Called by more than its id. */
    Section<V> named(Function<Fields, String> name, Function<String, byte[]> keyOf) {
        return new Section<>(member, type, kind, reader, shown, name, keyOf, ending);
    }

    /** Whose records stay when they end, changed: what one is then, or the same where it had ended before. */
    Section<V> ending(BiFunction<V, Long, @Nullable V> ends) {
        return new Section<>(member, type, kind, reader, shown, naming, key, ends);
    }

    /** Of the document, {@code alert_rules} say. */
    public String member() {
        return member;
    }

    /** What the audit calls one, {@code alert_rule} say. */
    public String word() {
        return kind.word();
    }

    /** All records of the kind, by name. */
    public Map<String, V> records(Backbone backbone) {
        Map<String, V> records = new HashMap<>();
        kind.table().apply(backbone).values().forEach(record -> records.put(name(record), record));
        return records;
    }

    public String name(V record) {
        return kind.name().apply(record);
    }

    /** A record of this kind, known as any. */
    public @Nullable V cast(@Nullable SpecificRecord record) {
        return type.cast(record);
    }

    /** A record in the form that a document has it in: what is not set is not there. */
    public ObjectNode view(V record) {
        ObjectNode view = Json.MAPPER.valueToTree(kind.view().apply(record));
        view.remove(shown);
        removeAbsent(view);
        return view;
    }

    private static void removeAbsent(ObjectNode node) {
        node.forEach(member -> {
            if (member instanceof ObjectNode members) {
                removeAbsent(members);
            }
        });
        node.removeIf(member -> member.isNull() || (member.isObject() && member.isEmpty()));
    }

    /** What a document's member is called; null, and noted, where it does not say. */
    public @Nullable String name(JsonNode item, String at, List<FieldError> errors) {
        List<FieldError> own = new ArrayList<>();
        String name = naming.apply(Fields.of(item, at, own));
        errors.addAll(own);
        return own.isEmpty() ? name : null;
    }

    /**
     * Reads a document's member and notes what is wrong with it.
     *
     * @param judged epoch µs: the moment that what it says of times is judged by
     * @param now epoch µs: when it changes
     */
    public Wanted<V> read(
            JsonNode item,
            String at,
            String name,
            @Nullable V prior,
            Known known,
            long judged,
            long now,
            List<FieldError> errors) {
        List<FieldError> own = new ArrayList<>();
        Fields fields = Fields.of(item, at, own);
        Made<V> made = reader.read(fields, name, prior, known, judged);
        Kind.shown(fields);
        fields.shown(shown.toArray(String[]::new));
        fields.refuseOthers();
        own.forEach(error ->
                errors.add(error.pointer() == null ? new FieldError(at, error.code(), error.detail()) : error));
        V record = made.record();
        Kind.stamp(record, now);
        return prior != null && kind.succeeds(prior, record)
                ? new Wanted<>(prior, null)
                : new Wanted<>(record, made.secret());
    }

    /** Whether a record has not ended: some stay to be read when they have. */
    public boolean isThere(V record) {
        return !record.equals(ending.apply(record, 0L));
    }

    /**
     * What stays of a record that ends; null: nothing.
     *
     * @param now epoch µs
     */
    public @Nullable V ended(V record, long now) {
        return ending.apply(record, now);
    }

    /** The change of a record as it is written and audited; one of the two is there. */
    public ConfigChange changed(String action, String name, @Nullable V prior, @Nullable V next) {
        return kind.changed(action, key.apply(name), prior, next);
    }
}
