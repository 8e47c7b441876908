package io.tollgate.embedded.registry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Every call that the registry answers, from request to the value that becomes its JSON. */
final class RegistryRoutes {
    private static final String LATEST = "latest";

    private final Subjects subjects;

    RegistryRoutes(Subjects subjects) {
        this.subjects = subjects;
    }

    Object answer(RegistryRequest request) throws IOException {
        String route = request.method() + " " + pattern(request.path());
        return switch (route) {
            case "GET " -> Map.of("registry", "Tollgate's embedded schema registry, for local use");
            case "GET subjects" -> subjects.names();
            case "POST subjects/*" -> described(subjects.lookUp(request.segment(1), request.schema()));
            case "GET subjects/*/versions" -> versionsOf(request.segment(1));
            case "POST subjects/*/versions" ->
                Map.of(
                        "id",
                        subjects.register(request.segment(1), request.schema()).id());
            case "GET subjects/*/versions/*" -> described(version(request.segment(1), request.segment(3)));
            case "GET schemas/ids/*" ->
                Map.of("schema", schema(request.segment(2)).toString());
            case "GET config" -> Map.of("compatibilityLevel", subjects.globalLevel());
            case "GET config/*" -> Map.of("compatibilityLevel", level(request));
            case "PUT config" -> {
                subjects.configure(null, request.level());
                yield Map.of("compatibility", request.level());
            }
            case "PUT config/*" -> {
                subjects.configure(request.segment(1), request.level());
                yield Map.of("compatibility", request.level());
            }
            case "POST compatibility/subjects/*/versions/*" -> verdict(request);
            default -> throw RegistryException.noSuchResource();
        };
    }

    /** The path with its names replaced: every other segment, and the third of {@code compatibility/subjects/…}. */
    private static String pattern(List<String> path) {
        StringBuilder pattern = new StringBuilder();
        int names = !path.isEmpty() && List.of("compatibility", "schemas").contains(path.get(0)) ? 0 : 1;
        for (int i = 0; i < path.size(); i++) {
            boolean isName = i > 0 && i % 2 == names;
            pattern.append(i == 0 ? "" : "/").append(isName ? "*" : path.get(i));
        }
        return pattern.toString();
    }

    private List<Integer> versionsOf(String subject) {
        return subjects.known(subject).stream().map(SubjectVersion::version).toList();
    }

    private SubjectVersion version(String subject, String version) {
        if (version.equals(LATEST)) {
            return subjects.latest(subject);
        }
        try {
            int number = Integer.parseInt(version);
            if (number >= 1) {
                return subjects.version(subject, number);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number below 1.
        }
        throw RegistryException.invalidVersion(version);
    }

    private Schema schema(String id) {
        try {
            return subjects.schema(Integer.parseInt(id));
        } catch (NumberFormatException e) {
            throw RegistryException.schemaNotFound();
        }
    }

    private Compatibility level(RegistryRequest request) {
        String subject = request.segment(1);
        return request.asksFor("defaultToGlobal")
                ? subjects.effectiveLevel(subject)
                : subjects.ownLevel(subject).orElseThrow(() -> RegistryException.subjectHasNoLevel(subject));
    }

    private Map<String, Object> verdict(RegistryRequest request) {
        String subject = request.segment(2);
        Schema against = version(subject, request.segment(4)).schema();
        List<String> problems = subjects.effectiveLevel(subject).problems(request.schema(), List.of(against));
        return request.asksFor("verbose")
                ? Map.of("is_compatible", problems.isEmpty(), "messages", problems)
                : Map.of("is_compatible", problems.isEmpty());
    }

    private static Map<String, Object> described(SubjectVersion version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema().toString());
    }
}
