package io.tollgate.embedded.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is registered. Memory follows the journal: nothing is in memory, and so nothing is answered, that is not synced.
 * Two schemas are one where their whole JSON is, docs and defaults included; white space is not.
 */
final class Subjects {
    static final Compatibility DEFAULT_LEVEL = Compatibility.FULL_TRANSITIVE;

    private final Journal journal;
    private final Map<String, List<SubjectVersion>> versions = new TreeMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility globalLevel = DEFAULT_LEVEL;
    private int lastId;

    Subjects(Journal journal) {
        this.journal = journal;
        journal.kept().forEach(this::apply);
    }

    /** The version that the subject has now; an earlier one where the schema was there already. */
    synchronized SubjectVersion register(String subject, Schema schema) throws IOException {
        Optional<SubjectVersion> present = versionOf(subject, schema);
        if (present.isPresent()) {
            return present.get();
        }
        List<SubjectVersion> earlier = List.copyOf(versions.getOrDefault(subject, List.of()));
        List<String> problems = effectiveLevel(subject).problems(schema, schemasOf(earlier));
        if (!problems.isEmpty()) {
            throw RegistryException.incompatible(String.join("; ", problems));
        }
        String text = schema.toString();
        int id = ids.getOrDefault(text, lastId + 1);
        write(new JournalEntry.Registered(subject, earlier.size() + 1, id, text));
        return version(subject, earlier.size() + 1);
    }

    synchronized SubjectVersion lookUp(String subject, Schema schema) {
        known(subject);
        return versionOf(subject, schema).orElseThrow(RegistryException::schemaNotFound);
    }

    synchronized List<String> names() {
        return List.copyOf(versions.keySet());
    }

    synchronized List<SubjectVersion> known(String subject) {
        List<SubjectVersion> known = versions.get(subject);
        if (known == null) {
            throw RegistryException.subjectNotFound(subject);
        }
        return List.copyOf(known);
    }

    synchronized SubjectVersion latest(String subject) {
        List<SubjectVersion> known = known(subject);
        return known.get(known.size() - 1);
    }

    synchronized SubjectVersion version(String subject, int version) {
        List<SubjectVersion> known = known(subject);
        if (version < 1 || version > known.size()) {
            throw RegistryException.versionNotFound(Integer.toString(version));
        }
        return known.get(version - 1);
    }

    synchronized Schema schema(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw RegistryException.schemaNotFound();
        }
        return schema;
    }

    synchronized Compatibility globalLevel() {
        return globalLevel;
    }

    synchronized Optional<Compatibility> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized Compatibility effectiveLevel(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }

    synchronized void configure(@Nullable String subject, Compatibility level) throws IOException {
        write(new JournalEntry.Configured(subject, level));
    }

    private void write(JournalEntry entry) throws IOException {
        journal.append(entry);
        apply(entry);
    }

    private void apply(JournalEntry entry) {
        if (entry instanceof JournalEntry.Registered added) {
            Schema schema = schemas.computeIfAbsent(added.id(), id -> new Schema.Parser().parse(added.schema()));
            ids.put(added.schema(), added.id());
            lastId = Math.max(lastId, added.id());
            versions.computeIfAbsent(added.subject(), name -> new ArrayList<>())
                    .add(new SubjectVersion(added.subject(), added.version(), added.id(), schema));
        } else if (entry instanceof JournalEntry.Configured configured) {
            String subject = configured.subject();
            if (subject == null) {
                globalLevel = configured.level();
            } else {
                levels.put(subject, configured.level());
            }
        }
    }

    private Optional<SubjectVersion> versionOf(String subject, Schema schema) {
        Integer id = ids.get(schema.toString());
        return versions.getOrDefault(subject, List.of()).stream()
                .filter(version -> id != null && version.id() == id)
                .findFirst();
    }

    static List<Schema> schemasOf(List<SubjectVersion> versions) {
        return versions.stream().map(SubjectVersion::schema).toList();
    }
}
