package io.tollgate.chaos.fuzz;

import io.tollgate.oracle.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run found.
 *
 * @param requests that were sent
 * @param records that were written
 * @param routes how many there are, each of which was asked
 * @param answers how often each status came, or none
 * @param kinds how often each thing was wrong with a record
 * @param events of the ordinary load beside it
 * @param memory the most that each process had, MB
 * @param verdict of the oracle, over what it can judge
 * @param complaints of everything else; none where nothing was found
 */
public record FuzzReport(
        long seed,
        long requests,
        long records,
        int routes,
        Map<String, Long> answers,
        Map<String, Long> kinds,
        long events,
        Map<String, Long> memory,
        Duration took,
        Verdict verdict,
        List<String> complaints) {
    /** Of the oracle's: strangers don't say what they send. */
    private static final String NOT_ASKED = "never_sent";

    public FuzzReport {
        answers = new TreeMap<>(answers);
        kinds = new TreeMap<>(kinds);
        memory = new TreeMap<>(memory);
        complaints = List.copyOf(complaints);
    }

    public boolean holds() {
        return complaints.isEmpty() && booksHold();
    }

    private boolean booksHold() {
        return verdict.checks().stream()
                .allMatch(check -> check.holds() || check.name().equals(NOT_ASKED));
    }

    public long inputs() {
        return requests + records;
    }

    public String toJson() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode root = mapper.createObjectNode()
                .put("holds", holds())
                .put("seed", seed)
                .put("inputs", inputs())
                .put("requests", requests)
                .put("records", records)
                .put("routes", routes)
                .put("events", events)
                .put("took_ms", took.toMillis());
        root.set("answers", mapper.valueToTree(answers));
        root.set("records_by_kind", mapper.valueToTree(kinds));
        root.set("memory_mb", mapper.valueToTree(memory));
        root.set("complaints", mapper.valueToTree(complaints));
        root.set("verdict", mapper.readTree(verdict.toJson()));
        return mapper.writeValueAsString(root) + "\n";
    }
}
