package io.tollgate.bench.process;

import io.tollgate.bench.Reading;
import java.util.List;

/** Runs one workload, given the class of its maker, whenever it is told to. */
final class WorkloadMain {
    /** The variable of {@link Endpoints#words}, since there is a password among them. */
    static final String ENDPOINTS = "TOLLGATE_BENCH_ENDPOINTS";

    private WorkloadMain() {}

    public static void main(String[] arguments) throws Exception {
        Endpoints endpoints = Endpoints.of(List.of(System.getenv(ENDPOINTS).split(" ", -1)));
        Workload.Maker maker = Class.forName(arguments[0])
                .asSubclass(Workload.Maker.class)
                .getDeclaredConstructor()
                .newInstance();
        try (Workload workload = maker.make(endpoints)) {
            Conversation.hold("ready", command -> {
                String[] words = command.split(" ", -1);
                Reading reading = workload.run(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
                return reading.events() + " " + reading.nanos() + " " + reading.cpuNanos();
            });
        }
    }
}
