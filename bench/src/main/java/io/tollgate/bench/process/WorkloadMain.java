package io.tollgate.bench.process;

import io.tollgate.bench.Reading;
import java.util.List;

/** Runs one workload, given the class of its maker, whenever it is told to. */
final class WorkloadMain {
    /** The variable of {@link Endpoints#words}, since there is a password among them. */
    static final String ENDPOINTS = "TOLLGATE_BENCH_ENDPOINTS";

    /** Command: round and events. */
    static final String RUN = "run";

    private WorkloadMain() {}

    /** Ends the process, whatever threads the workload has left. */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        Endpoints endpoints = Endpoints.of(List.of(System.getenv(ENDPOINTS).split(" ", -1)));
        Workload.Maker maker = Class.forName(arguments[0])
                .asSubclass(Workload.Maker.class)
                .getDeclaredConstructor()
                .newInstance();
        try (Workload workload = maker.make(endpoints)) {
            Conversation.hold("ready", command -> {
                List<String> words = List.of(command.split(" ", -1));
                if (!words.get(0).equals(RUN)) {
                    return workload.answer(words);
                }
                return words(workload.run(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2))));
            });
        }
    }

    static String words(Reading reading) {
        return reading.events() + " " + reading.nanos() + " " + reading.cpuNanos() + " " + reading.allocatedBytes();
    }

    /** What {@link #words} has said. */
    static Reading reading(String words) {
        String[] figures = words.split(" ", -1);
        return new Reading(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]));
    }
}
