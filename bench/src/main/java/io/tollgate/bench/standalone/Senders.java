package io.tollgate.bench.standalone;

import io.tollgate.bench.http.Tollgate;
import io.tollgate.bench.load.UsageLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Companies of a running Tollgate, made over its admin API, and what they send. */
final class Senders {
    private static final int BATCHES_OF_EACH = 4;

    private Senders() {}

    /** Batches of all companies, the companies by turns. */
    static List<Batch> batches(Standalone tollgate, int seed) throws IOException, InterruptedException {
        Tollgate gateway = new Tollgate(tollgate.gateway());
        String admin = Files.readString(tollgate.tokenFile()).strip();
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < UsageLoad.COMPANIES; i++) {
            secrets.add(open(gateway, admin, UsageLoad.company(i)));
        }
        UsageLoad load = new UsageLoad(seed, Instant.now());
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES_OF_EACH * UsageLoad.COMPANIES; i++) {
            int company = i % UsageLoad.COMPANIES;
            batches.add(Batch.of(load, company, secrets.get(company)));
        }
        return batches;
    }

    private static String open(Tollgate gateway, String admin, String company)
            throws IOException, InterruptedException {
        gateway.call(admin, "PUT", "/admin/v1/companies/" + company, Map.of("name", company));
        return gateway.call(
                        admin,
                        "POST",
                        "/admin/v1/keys",
                        Map.of("company", company, "name", "bench", "scopes", List.of("ingest")))
                .path("secret")
                .asString();
    }
}
