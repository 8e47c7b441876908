package io.tollgate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param events of each run of a subject; limits get a fixed multiple
 * @param only names of the comparisons; empty: all
 * @param out folder of the results
 */
record Options(int events, int runs, int warmUps, List<String> only, Path out) {
    private static final String USAGE =
            """
            usage: ./bench/run [--events N] [--runs N] [--warm-ups N] [--only NAME[,NAME…]] [--out DIR]
              --events N    events in each run of what is measured; its limit, which is faster, gets a fixed
                            multiple (default 300000)
              --runs N      measured runs of each, in turn with its limit (default 5)
              --warm-ups N  runs before them that do not count (default 1)
              --only NAME   %s (default: all)
              --out DIR     where results.json and results.md go (default bench/target)

            or one of these, each with defaults for all that follows it:
              ready [STARTS] [LOAD-SECONDS]         how soon ./tollgate up is ready, and what memory it takes
              path [MINUTES] [EVENTS/S] [STEP-SECONDS] [FIRST-EVENTS/S]
                                                    what a whole Tollgate sustains from HTTP to PostgreSQL for so long,
                                                    and how late its rows are at that rate
              dedupe [IDS] [OPTIONS]                the topology with so many ids in its dedupe state
              curves [EVENTS] [ROUNDS] [CURVE]      what an event costs the topology over partitions and companies
              debezium [OPTIONS]                    the sink beside Debezium's
              admissions [REQUESTS/S]               how long an admission takes over HTTP
              reactions [URL TOKEN-FILE SAMPLES RATE]
                                                    how soon a running Tollgate knows of an event; or: reactions own
              live [GATEWAY USAGE-API TOKEN-FILE SUBSCRIBERS EVENTS RATE]
                                                    how soon its live subscribers do; or: live own
              reports [LEDGER-ROWS]                 a dashboard's questions over a year of usage
              exports [LEDGER-ROWS] [HEAP]          the heap that exports of it need
              loops [JMH OPTIONS]                   the inner loops
              charts [DIR]                          draws what is in bench/target (default bench/target/charts)
              all [DIR]                             all of the above, one after the other; hours
            """;

    private static final int FEWEST_EVENTS = 1_000;
    private static final int MOST_EVENTS = 5_000_000;

    Options {
        require(events >= FEWEST_EVENTS && events <= MOST_EVENTS, "--events is from 1000 to 5000000");
        require(runs >= 1 && runs <= 100, "--runs is from 1 to 100");
        require(warmUps >= 1 && warmUps <= 10, "--warm-ups is from 1 to 10");
        only = List.copyOf(only);
    }

    /** For people. */
    static String usage(List<String> names) {
        return USAGE.formatted(String.join(", ", names));
    }

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static Options parse(List<String> arguments, List<String> names, Path out) {
        Options options = new Options(300_000, 5, 1, List.of(), out);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            require(rest.hasNext(), option + " needs a value, or is not known");
            options = options.with(option, rest.next(), names);
        }
        return options;
    }

    boolean wants(String comparison) {
        return only.isEmpty() || only.contains(comparison);
    }

    private Options with(String option, String value, List<String> names) {
        return switch (option) {
            case "--events" -> new Options(number(option, value), runs, warmUps, only, out);
            case "--runs" -> new Options(events, number(option, value), warmUps, only, out);
            case "--warm-ups" -> new Options(events, runs, number(option, value), only, out);
            case "--only" -> new Options(events, runs, warmUps, chosen(value, names), out);
            case "--out" -> new Options(events, runs, warmUps, only, Path.of(value));
            default -> throw new IllegalArgumentException(option + " is not known");
        };
    }

    private static List<String> chosen(String value, List<String> names) {
        List<String> chosen = new ArrayList<>(List.of(value.split(",", -1)));
        for (String name : chosen) {
            require(names.contains(name), "--only takes " + String.join(", ", names) + ", not '" + name + "'");
        }
        return chosen;
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
