package io.tollgate.bench.report;

import io.tollgate.bench.Reading;
import io.tollgate.bench.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every run's figures, for programs. */
public final class JsonReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    public static String of(Machine machine, String settings, List<Result> results) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("settings", settings);
        report.put("results", results.stream().map(JsonReport::result).toList());
        report.put("charts", ResultCharts.of(results));
        return JSON.writeValueAsString(report) + "\n";
    }

    private static Map<String, Object> result(Result result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("comparison", result.comparison());
        members.put("setting", result.setting());
        members.put("to_reach", result.target());
        members.put("rate_ratio", result.rateRatio());
        members.put("cpu_ratio", result.cpuRatio());
        members.put("limit", measure(result.limitName(), result.limit()));
        members.put("subject", measure(result.subjectName(), result.subject()));
        return members;
    }

    private static Map<String, Object> measure(String name, List<Reading> runs) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("runs", runs.stream().map(JsonReport::run).toList());
        return members;
    }

    private static Map<String, Object> run(Reading run) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("events", run.events());
        members.put("seconds", run.nanos() / 1e9);
        members.put("events_per_second", run.perSecond());
        members.put("cpu_micros_per_event", run.cpuMicrosPerEvent());
        members.put("allocated_bytes_per_event", run.allocatedBytesPerEvent());
        return members;
    }
}
