package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether every process is the one that was started, works, and has stayed within its memory. */
final class Health {
    /** Heap, metaspace, code, threads, buffers of the network and of the stores. */
    private static final int MOST_HEAPS = 4;

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern FAILED_THREADS =
            Pattern.compile("(?m)^kafka_stream_failed_stream_threads\\S*\\s+([0-9.]+)");
    private static final Pattern LIVE_THREADS =
            Pattern.compile("(?m)^kafka_stream_alive_stream_threads\\S*\\s+([0-9.]+)");

    /** What is in a log only if something broke that may not break. A batch may wait for its turn at the database. */
    private static final Pattern BAD_SIGNS = Pattern.compile("a stream thread failed"
            + "|attempt [0-9]{2,} failed"
            + "|a record could not be taken in, trying again"
            + "|OutOfMemoryError|StackOverflowError|Exception in thread|LEAK:");

    private final TollgateSystem system;
    private final Map<String, Long> pids = new TreeMap<>();
    private final double streamThreads;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Of a system that is well as yet. */
    Health(TollgateSystem system) throws IOException, InterruptedException {
        this.system = system;
        system.parts().forEach(part -> pids.put(part.name(), part.pid()));
        this.streamThreads = value(LIVE_THREADS, streamsMetrics());
    }

    /** What is not as it was, or not as it may be. */
    List<String> complaints() throws Exception {
        List<String> complaints = new ArrayList<>();
        for (Part part : system.parts()) {
            if (!part.isReady() || !Long.valueOf(part.pid()).equals(pids.get(part.name()))) {
                complaints.add(part.name() + " is not what was started, or not ready");
            }
        }
        String metrics = streamsMetrics();
        if (value(FAILED_THREADS, metrics) != 0 || value(LIVE_THREADS, metrics) != streamThreads) {
            complaints.add("stream threads: " + value(FAILED_THREADS, metrics) + " failed, "
                    + value(LIVE_THREADS, metrics) + " of " + streamThreads + " alive");
        }
        long most = (long) MOST_HEAPS * system.layout().heapMb();
        memory().forEach((name, megabytes) -> {
            if (megabytes > most) {
                complaints.add(name + " has had " + megabytes + " MB, more than " + most);
            }
        });
        for (Part part : system.parts()) {
            signs(part, complaints);
        }
        return complaints;
    }

    /** The most that each process has had, MB. */
    Map<String, Long> memory() {
        Map<String, Long> memory = new TreeMap<>();
        for (Part part : system.parts()) {
            try {
                Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(part.pid()), "status")));
                if (peak.find()) {
                    memory.put(part.name(), Long.parseLong(peak.group(1)) >> 10);
                }
            } catch (IOException e) {
                // It is gone, which is told of, or this is no Linux.
            }
        }
        return memory;
    }

    private static void signs(Part part, List<String> complaints) throws IOException {
        try (Stream<String> lines = Files.lines(part.log(), StandardCharsets.ISO_8859_1)) {
            lines.filter(line -> BAD_SIGNS.matcher(line).find())
                    .limit(2)
                    .forEach(line -> complaints.add(part.name() + " says: " + line));
        }
    }

    private String streamsMetrics() throws IOException, InterruptedException {
        URI metrics = system.address(PartKind.STREAMS).resolve("/actuator/prometheus");
        return http.send(
                        HttpRequest.newBuilder(metrics)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static double value(Pattern metric, String metrics) {
        Matcher found = metric.matcher(metrics);
        if (!found.find()) {
            throw new IllegalStateException("no metric " + metric);
        }
        return Double.parseDouble(found.group(1));
    }
}
