package io.tollgate.chaos.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All disturbances of one kind: how often, and how soon what went on again. */
record KindSummary(String kind, int times, int kills, Times acks, Times streams, Times sink) {
    /** By kind, in the alphabet's order. */
    static List<KindSummary> of(List<Struck> struck) {
        Map<String, List<Struck>> kinds =
                struck.stream().collect(Collectors.groupingBy(Struck::kind, TreeMap::new, Collectors.toList()));
        return kinds.entrySet().stream()
                .map(kind -> of(kind.getKey(), kind.getValue()))
                .toList();
    }

    private static KindSummary of(String kind, List<Struck> all) {
        return new KindSummary(
                kind,
                all.size(),
                all.stream().mapToInt(Struck::kills).sum(),
                times(all, struck -> struck.recovery().acks()),
                times(all, struck -> struck.recovery().streams()),
                times(all, struck -> struck.recovery().sink()));
    }

    private static Times times(List<Struck> all, Function<Struck, Duration> which) {
        return Times.of(all.stream().map(which).toList());
    }
}
