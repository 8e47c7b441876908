package io.tollgate.bench.process;

import io.tollgate.bench.Measure;
import io.tollgate.bench.Reading;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A workload in a process of its own, which stays warm from run to run. */
public final class WorkloadMeasure implements Measure {
    private static final String HEAP = "2g";

    private final String name;
    private final Child child;

    private WorkloadMeasure(String name, Child child) {
        this.name = name;
        this.child = child;
    }

    /**
     * Starts the process that runs it.
     *
     * @param maker public, with a public constructor without arguments
     */
    public static Measure start(String name, Servers servers, Class<? extends Workload.Maker> maker)
            throws IOException {
        return new WorkloadMeasure(
                name,
                Child.start(
                        WorkloadMain.class,
                        HEAP,
                        servers.folder(maker.getName()),
                        List.of(maker.getName()),
                        Map.of(
                                WorkloadMain.ENDPOINTS,
                                String.join(" ", servers.endpoints().words()))));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading run(int round, int events) throws IOException {
        String[] figures = child.ask(round + " " + events).split(" ", -1);
        return new Reading(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }

    @Override
    public void close() {
        child.close();
    }
}
