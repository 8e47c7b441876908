package io.tollgate.bench.process;

import io.tollgate.bench.Reading;
import java.util.Arrays;

/** Runs one workload, given the class of its maker, whenever it is told to. */
final class WorkloadMain {
    private WorkloadMain() {}

    public static void main(String[] arguments) throws Exception {
        Endpoints endpoints = Endpoints.of(Arrays.asList(arguments).subList(1, arguments.length));
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
