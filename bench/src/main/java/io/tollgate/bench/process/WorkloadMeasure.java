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
    public static WorkloadMeasure start(String name, Servers servers, Class<? extends Workload.Maker> maker)
            throws IOException {
        return start(name, servers, maker, List.of());
    }

    /**
     * The same, with more classes than this process has.
     *
     * @param libraries entries of a class path
     */
    public static WorkloadMeasure start(
            String name, Servers servers, Class<? extends Workload.Maker> maker, List<String> libraries)
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
                                String.join(" ", servers.endpoints().words())),
                        libraries));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading run(int round, int events) throws IOException {
        return WorkloadMain.reading(child.ask(WorkloadMain.RUN + " " + round + " " + events));
    }

    /** Has the workload do or tell something that is no run. */
    public List<String> ask(String command) throws IOException {
        return List.of(child.ask(command).split(" ", -1));
    }

    @Override
    public void close() {
        child.close();
    }
}
