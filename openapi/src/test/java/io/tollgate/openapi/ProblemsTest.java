package io.tollgate.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void whoIsAskedForATokenCanBeRefusedAndSoCanWhoLacksTheRole() {
        SortedMap<Integer, Set<String>> problems =
                Problems.of(Operation.post("/things", "Make a thing").by(Access.admin("operator", "admin")));

        assertThat(problems.keySet()).containsExactly(401, 403, 429, 500);
        assertThat(problems.get(401)).containsExactly("expired_token", "missing_token", "unknown_token");
        assertThat(problems.get(403)).containsExactly("role_missing");
    }

    @Test
    void aKeyCanBeRefusedForItsScope() {
        SortedMap<Integer, Set<String>> problems = Problems.of(
                Operation.get("/things", "Things").by(Access.key("read")).refuses(404, "not_found"));

        assertThat(problems.get(401)).contains("missing_key", "revoked_key");
        assertThat(problems.get(403)).contains("scope_missing");
        assertThat(problems.get(404)).containsExactly("not_found");
    }

    @Test
    void whatIsOpenToEveryoneRefusesNobody() {
        assertThat(Problems.of(Operation.get("/openapi.json", "This document").by(Access.OPEN)))
                .isEmpty();
    }
}
