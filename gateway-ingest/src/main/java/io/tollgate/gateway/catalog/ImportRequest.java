package io.tollgate.gateway.catalog;

import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.ingest.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an import is asked for, by the parameters of its address.
 *
 * @param providers in the book's words; empty: every one
 */
record ImportRequest(Catalogue catalogue, boolean dryRun, Set<String> providers, ModelChange.Terms terms) {
    private static final Set<String> PARAMETERS = Set.of("format", "dry_run", "effective_from", "providers", "force");

    /** @param problem null where the request is there */
    record Parsed(@Nullable ImportRequest request, @Nullable Problem problem) {}

    static Parsed parse(Map<String, String> query, long now) {
        Catalogue catalogue = Catalogue.named(query.get("format"));
        if (catalogue == null) {
            return wrong("format must be " + Catalogue.words());
        }
        for (String name : query.keySet()) {
            if (!PARAMETERS.contains(name)) {
                return wrong("there is no parameter " + name + "; known are "
                        + PARAMETERS.stream().sorted().toList());
            }
        }
        Boolean dryRun = flag(query.get("dry_run"));
        Boolean force = flag(query.get("force"));
        if (dryRun == null || force == null) {
            return wrong("dry_run and force are true or false");
        }
        String from = query.get("effective_from");
        long start = from == null ? now : Timestamps.parse(from);
        if (start == Timestamps.INVALID) {
            return wrong("effective_from is no RFC 3339 time, 2026-11-21T10:00:00Z say");
        }
        String providers = query.get("providers");
        Set<String> wanted = providers == null ? Set.of() : Set.copyOf(List.of(providers.split("\\s*,\\s*")));
        return new Parsed(new ImportRequest(catalogue, dryRun, wanted, new ModelChange.Terms(start, now, force)), null);
    }

    boolean wants(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }

    private static @Nullable Boolean flag(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        return text.equals("true") ? Boolean.TRUE : null;
    }

    private static Parsed wrong(String detail) {
        return new Parsed(null, Problem.unreadable("invalid_parameter", detail));
    }
}
