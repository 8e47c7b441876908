package io.tollgate.chaos.report;

import io.tollgate.chaos.load.Answered;
import io.tollgate.chaos.watch.CatchUp;
import io.tollgate.chaos.watch.Footprints;
import io.tollgate.oracle.Check;
import java.time.Duration;
import java.util.Locale;

/** The report for people. */
public final class MarkdownReport {
    private static final double MILLIS = 1_000.0;

    private MarkdownReport() {}

    public static String of(ChaosReport report) {
        StringBuilder page = new StringBuilder();
        page.append("# Chaos: ")
                .append(report.holds() ? "the books hold" : "THE BOOKS DO NOT HOLD")
                .append("\n\n");
        page.append(
                "Seed %d; %,d submissions acknowledged in %s, %d lost, %d events counted more than once; %d processes killed, %d disturbances; %,d batches sent again; %d price changes; settled %s after the last ack.%n%n"
                        .formatted(
                                report.seed(),
                                report.acknowledged(),
                                seconds(report.loaded()),
                                report.lost(),
                                report.doubled(),
                                report.kills(),
                                report.struck().size(),
                                report.retried(),
                                report.priceChanges(),
                                seconds(report.settled())));
        page.append(report.layout()).append("\n\n");
        kinds(page, report);
        answers(page, report);
        memory(page, report);
        checks(page, report);
        page.append("\n## Answers that nothing excuses\n\n");
        if (report.unexpected().isEmpty()) {
            page.append("None.\n");
        }
        report.unexpected().forEach(answer -> page.append("- ").append(answer).append('\n'));
        return page.toString();
    }

    private static void kinds(StringBuilder page, ChaosReport report) {
        page.append("## Time to recover\n\nFrom the strike, median / worst.\n\n");
        page.append("| disturbance | times | killed | acks | topology | sink |\n|---|---|---|---|---|---|\n");
        for (KindSummary kind : KindSummary.of(report.struck())) {
            page.append("| %s | %d | %d | %s | %s | %s |%n"
                    .formatted(
                            kind.kind(),
                            kind.times(),
                            kind.kills(),
                            times(kind.acks()),
                            times(kind.streams()),
                            times(kind.sink())));
        }
    }

    private static void answers(StringBuilder page, ChaosReport report) {
        page.append("\n## What producers saw\n\n");
        page.append(
                "From the strike until all went on again: requests by how they ended, the longest time without an ack, the longest wait for a 503, the 99th percentile of the wait for an ack.\n\n");
        page.append(
                "| at | disturbance | of | taken | 503 | refused | broken | late | no ack for | 503 after | p99 |\n");
        page.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Struck struck : report.struck()) {
            Answered answered = struck.answered();
            page.append("| %s | %s | %s | %,d | %,d | %,d | %,d | %,d | %s | %s | %s |%n"
                    .formatted(
                            seconds(struck.at()),
                            struck.kind(),
                            struck.target(),
                            answered.taken(),
                            answered.unavailable(),
                            answered.refused(),
                            answered.broken(),
                            answered.late(),
                            seconds(answered.pause()),
                            seconds(answered.refusal()),
                            seconds(answered.p99())));
        }
        for (Struck struck : report.struck()) {
            CatchUp catchUp = struck.catchUp();
            if (catchUp != null) {
                page.append(
                        "%nAfter %s the sink was %,d records of usage.rated behind and took in %,d a second, %.1f times what came each second (%,d), for %s.%n"
                                .formatted(
                                        struck.kind(),
                                        catchUp.behind(),
                                        catchUp.perSecond(),
                                        catchUp.ratio(),
                                        catchUp.live(),
                                        seconds(catchUp.took())));
            }
        }
    }

    private static void memory(StringBuilder page, ChaosReport report) {
        page.append("\n## Memory\n\nResident, in MB: the most until everything was ready, and at all.\n\n");
        page.append("| process | until ready | most |\n|---|---|---|\n");
        for (Footprints.Footprint each : report.memory()) {
            page.append("| %s | %d | %d |%n".formatted(each.part(), each.atFirst(), each.most()));
        }
    }

    private static void checks(StringBuilder page, ChaosReport report) {
        page.append("\n## The oracle's verdict\n\n| check | compared | differing |\n|---|---|---|\n");
        for (Check check : report.verdict().checks()) {
            page.append("| %s | %,d | %,d |%n".formatted(check.name(), check.compared(), check.differing()));
        }
        for (Check check : report.verdict().checks()) {
            check.differences().forEach(difference -> page.append("\n- ")
                    .append(check.name())
                    .append(": ")
                    .append(difference));
        }
        page.append('\n');
    }

    private static String times(Times times) {
        return seconds(times.median()) + " / " + seconds(times.worst());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
    }
}
