package io.tollgate.standalone;

import io.tollgate.embedded.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which server listens where. */
record PortPlan(Bind bind, int gateway, int streams, int sink, int usageApi, int kafka, int postgres, int registry) {
    public static final int DEFAULT_BASE = 8080;
    public static final int COUNT = 7;
    private static final int HIGHEST_PORT = 65535;

    /** The ports that the command line promises: base + 0 is the gateway's, and so on. */
    public static PortPlan from(int base) {
        return from(new Bind(Bind.LOOPBACK, false), base);
    }

    /** The same, the four services listening elsewhere. */
    static PortPlan from(Bind bind, int base) {
        if (base < 1 || base + COUNT - 1 > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port-base " + base + " must be from 1 to "
                    + (HIGHEST_PORT - COUNT + 1) + ": " + COUNT + " ports are counted from it");
        }
        return new PortPlan(bind, base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6);
    }

    /** Ports that are free right now, for tests. */
    public static PortPlan free() {
        List<Integer> p = FreePorts.choose(COUNT);
        return new PortPlan(
                new Bind(Bind.LOOPBACK, false), p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), p.get(5), p.get(6));
    }

    /** In the order of {@link #from}. */
    List<Use> uses() {
        return List.of(
                new Use("gateway-ingest", gateway),
                new Use("metering-streams", streams),
                new Use("billing-sink", sink),
                new Use("usage-api", usageApi),
                new Use("Kafka", kafka),
                new Use("PostgreSQL", postgres),
                new Use("the schema registry", registry));
    }

    /** Refuses, naming every port that somebody else listens on. */
    void requireFree() {
        List<Use> busy = new ArrayList<>(uses());
        busy.removeIf(use -> !FreePorts.isBusy(use.port()));
        if (!busy.isEmpty()) {
            String names = busy.stream()
                    .map(use -> use.port() + " (wanted for " + use.name() + ")")
                    .collect(Collectors.joining(", "));
            throw new StartRefusedException((busy.size() == 1 ? "port " + names + " is" : "ports " + names + " are")
                    + " in use on 127.0.0.1. Stop what listens there, or choose other ports with --port-base N (it takes N to N+"
                    + (COUNT - 1) + ").");
        }
    }

    record Use(String name, int port) {}
}
