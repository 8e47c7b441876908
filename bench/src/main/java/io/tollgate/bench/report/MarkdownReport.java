package io.tollgate.bench.report;

import io.tollgate.bench.Median;
import io.tollgate.bench.Reading;
import io.tollgate.bench.Result;
import java.util.List;
import java.util.Locale;

/** The figures as a page: medians, and the spread of the runs behind them. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static String of(Machine machine, String settings, List<Result> results) {
        StringBuilder page = new StringBuilder();
        page.append("Machine: ").append(machine.described()).append(".\n\n");
        page.append("Settings: ").append(settings).append(". Medians, in brackets the slowest and fastest run.\n\n");
        page.append(figures(results)).append('\n').append(ratios(results)).append('\n');
        for (Result result : results) {
            page.append("- **").append(result.comparison()).append("**: ");
            page.append(result.setting()).append(".\n");
        }
        return page.toString();
    }

    private static Table figures(List<Result> results) {
        Table table = new Table("measure", "events/s", "CPU µs per event", "KB allocated per event");
        for (Result result : results) {
            addTo(table, result.limitName(), result.limit());
            addTo(table, result.subjectName(), result.subject());
        }
        return table;
    }

    private static void addTo(Table table, String name, List<Reading> runs) {
        table.row(
                name,
                figure(
                        "%,.0f (%,.0f–%,.0f)",
                        Median.of(runs, Reading::perSecond),
                        runs.stream().mapToDouble(Reading::perSecond).min().orElseThrow(),
                        runs.stream().mapToDouble(Reading::perSecond).max().orElseThrow()),
                figure("%.2f", Median.of(runs, Reading::cpuMicrosPerEvent)),
                figure("%.2f", Median.of(runs, Reading::allocatedBytesPerEvent) / 1e3));
    }

    private static Table ratios(List<Result> results) {
        Table table = new Table("what", "of its limit", "rate, ratio", "CPU per event, ratio", "to reach");
        for (Result result : results) {
            table.row(
                    result.subjectName(),
                    result.limitName(),
                    emphasised(figure("%.2f", result.rateRatio()), !result.isOfCpu()),
                    emphasised(figure("%.1f", result.cpuRatio()), result.isOfCpu()),
                    result.target());
        }
        return table;
    }

    private static String emphasised(String figure, boolean isMeant) {
        return isMeant ? "**" + figure + "**" : figure;
    }

    private static String figure(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
