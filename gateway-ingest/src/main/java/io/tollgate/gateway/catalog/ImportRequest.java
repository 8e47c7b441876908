package io.tollgate.gateway.catalog;

import io.tollgate.gateway.admin.AdminRequest;
import io.tollgate.gateway.http.Answer;
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
    /** @param refusal null where the request is there */
    record Parsed(@Nullable ImportRequest request, @Nullable Answer refusal) {}

    static Parsed parse(AdminRequest request, long now) {
        Map<String, String> query = request.query();
        Catalogue catalogue = Catalogue.named(query.get("format"));
        if (catalogue == null) {
            return wrong(request, "format must be " + Catalogue.words());
        }
        Answer unknown = request.refuseUnknown("format", "dry_run", "effective_from", "providers", "force");
        if (unknown != null) {
            return new Parsed(null, unknown);
        }
        Boolean dryRun = request.flag("dry_run");
        Boolean force = request.flag("force");
        if (dryRun == null || force == null) {
            return wrong(request, "dry_run and force are true or false");
        }
        String from = query.get("effective_from");
        long start = from == null ? now : Timestamps.parse(from);
        if (start == Timestamps.INVALID) {
            return wrong(request, "effective_from is no RFC 3339 time, 2026-11-21T10:00:00Z say");
        }
        String providers = query.get("providers");
        Set<String> wanted = providers == null ? Set.of() : Set.copyOf(List.of(providers.split("\\s*,\\s*")));
        return new Parsed(new ImportRequest(catalogue, dryRun, wanted, new ModelChange.Terms(start, now, force)), null);
    }

    boolean wants(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }

    private static Parsed wrong(AdminRequest request, String detail) {
        return new Parsed(null, request.refuse(detail));
    }
}
