package io.tollgate.bench.reports;

import io.tollgate.schemas.LatencyBuckets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a row of the stats tables adds up. */
final class Totals {
    private final Call first;
    private final long[] latencies = new long[LatencyBuckets.COUNT];
    private long requests;
    private long errors;
    private long input;
    private long cacheRead;
    private long output;
    private long cost;
    private long listCost;

    Totals(Call first) {
        this.first = first;
    }

    void add(Call call) {
        requests++;
        errors += call.failed() ? 1 : 0;
        input += call.input();
        cacheRead += call.cacheRead();
        output += call.output();
        cost += call.cost();
        listCost += call.listCost();
        latencies[LatencyBuckets.indexOf(call.latencyMs())]++;
    }

    /** A line of COPY. */
    void appendTo(StringBuilder copy, String id, String window) {
        String dimensions = "{\"input\": " + input + (cacheRead == 0 ? "" : ", \"cache_read\": " + cacheRead)
                + ", \"output\": " + output + "}";
        Object[] columns = {
            id,
            window,
            first.person().company(),
            first.person().user(),
            first.person().key(),
            first.provider(),
            first.model(),
            first.batch() ? "batch" : "\\N",
            first.person().labels(),
            "USD",
            requests,
            requests - errors,
            errors,
            0,
            dimensions,
            input + cacheRead + output,
            Call.money(cost),
            Call.money(listCost),
            Arrays.stream(latencies).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}")),
            1
        };
        copy.append(Arrays.stream(columns).map(String::valueOf).collect(Collectors.joining("\t")))
                .append('\n');
    }
}
