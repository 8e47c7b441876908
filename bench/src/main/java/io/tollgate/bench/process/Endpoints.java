package io.tollgate.bench.process;

import java.util.List;

/** Where a run's servers are. */
public record Endpoints(String kafka, String registry, String postgres, String user, String password) {

    /** None of which holds a space. */
    List<String> words() {
        return List.of(kafka, registry, postgres, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Endpoints[kafka=" + kafka + ", registry=" + registry + ", postgres=" + postgres + "]";
    }

    static Endpoints of(List<String> words) {
        return new Endpoints(words.get(0), words.get(1), words.get(2), words.get(3), words.get(4));
    }
}
