package io.tollgate.chaos.report;

import io.tollgate.chaos.load.Answered;
import io.tollgate.chaos.watch.CatchUp;
import io.tollgate.chaos.watch.Footprints;
import java.time.Duration;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. Times are milliseconds. */
public final class JsonReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    public static String of(ChaosReport report) {
        ObjectNode root = JSON.createObjectNode()
                .put("holds", report.holds())
                .put("seed", report.seed())
                .put("acknowledged", report.acknowledged())
                .put("lost", report.lost())
                .put("doubled", report.doubled())
                .put("kills", report.kills())
                .put("batches_sent_again", report.retried())
                .put("price_changes", report.priceChanges())
                .put("reached_ms", report.reached().toMillis())
                .put("load_ms", report.loaded().toMillis())
                .put("settled_ms", report.settled().toMillis());
        root.set("layout", JSON.valueToTree(report.layout()));
        ArrayNode kinds = root.putArray("kinds");
        for (KindSummary kind : KindSummary.of(report.struck())) {
            ObjectNode node = kinds.addObject()
                    .put("kind", kind.kind())
                    .put("times", kind.times())
                    .put("kills", kind.kills());
            put(node, "acks", kind.acks());
            put(node, "streams", kind.streams());
            put(node, "sink", kind.sink());
        }
        ArrayNode struck = root.putArray("disturbances");
        for (Struck each : report.struck()) {
            ObjectNode node = struck.addObject()
                    .put("kind", each.kind())
                    .put("target", each.target())
                    .put("at_ms", each.at().toMillis())
                    .put("lasting_ms", each.lasting().toMillis())
                    .put("acks_ms", millis(each.recovery().acks()))
                    .put("streams_ms", millis(each.recovery().streams()))
                    .put("sink_ms", millis(each.recovery().sink()));
            answered(node.putObject("answered"), each.answered());
            CatchUp catchUp = each.catchUp();
            if (catchUp != null) {
                node.putObject("catch_up")
                        .put("behind", catchUp.behind())
                        .put("took_ms", millis(catchUp.took()))
                        .put("per_second", catchUp.perSecond())
                        .put("live_per_second", catchUp.live());
            }
        }
        ArrayNode memory = root.putArray("memory");
        for (Footprints.Footprint each : report.memory()) {
            memory.addObject()
                    .put("part", each.part())
                    .put("at_first_mb", each.atFirst())
                    .put("most_mb", each.most());
        }
        ArrayNode unexpected = root.putArray("unexpected");
        report.unexpected().forEach(unexpected::add);
        root.set("verdict", JSON.readTree(report.verdict().toJson()));
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void answered(ObjectNode node, Answered answered) {
        node.put("taken", answered.taken())
                .put("unavailable", answered.unavailable())
                .put("refused", answered.refused())
                .put("broken", answered.broken())
                .put("late", answered.late())
                .put("pause_ms", millis(answered.pause()))
                .put("refusal_ms", millis(answered.refusal()))
                .put("p99_ms", millis(answered.p99()));
    }

    private static void put(ObjectNode node, String name, Times times) {
        node.putObject(name).put("median_ms", millis(times.median())).put("worst_ms", millis(times.worst()));
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
