package io.tollgate.oracle;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the oracle found, check by check, in the order that they were made in. */
public record Verdict(List<Check> checks) {
    public Verdict {
        checks = List.copyOf(checks);
    }

    /** Whether every check holds. */
    public boolean holds() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::holds);
    }

    public String toJson() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode verdict = mapper.createObjectNode().put("holds", holds());
        ArrayNode listed = verdict.putArray("checks");
        for (Check check : checks) {
            ObjectNode node = listed.addObject()
                    .put("name", check.name())
                    .put("holds", check.holds())
                    .put("compared", check.compared())
                    .put("differing", check.differing());
            ArrayNode differences = node.putArray("differences");
            check.differences().forEach(differences::add);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(verdict);
    }
}
