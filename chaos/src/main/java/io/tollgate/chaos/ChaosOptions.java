package io.tollgate.chaos;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param events to be acknowledged at least
 * @param kills at least
 * @param rate of submissions a second
 * @param minutes after which no disturbance begins any more
 * @param small the layout of the build's own test in place of the whole one
 * @param out folder of report and logs
 */
record ChaosOptions(long seed, long events, int kills, int rate, int minutes, boolean small, Path out) {
    static final String USAGE =
            """
            usage: bench/chaos [--events N] [--kills N] [--seed N] [--rate N] [--minutes N] [--layout whole|small] [--out DIR]
              --events N   submissions to be acknowledged at least (default 1000000)
              --kills N    processes to be killed at least (default 50)
              --seed N     of everything that is random (default: drawn, and printed)
              --rate N     submissions a second (default 1500)
              --minutes N  after which no disturbance begins and no event is waited for any more (default 90)
              --layout     whole: 3 brokers, 2 gateways, 2 streams instances with standbys, 2 sinks (the default);
                           small: 1 broker, 1 gateway, 2 streams instances, 1 sink
              --out DIR    where chaos.json, chaos.md, the logs and the record of what was sent go (default bench/target/chaos)
            """;

    ChaosOptions {
        require(events >= 1, "--events is 1 or more");
        require(kills >= 1, "--kills is 1 or more");
        require(rate >= 100 && rate <= 100_000, "--rate is from 100 to 100000");
        require(minutes >= 1, "--minutes is 1 or more");
    }

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static ChaosOptions parse(List<String> arguments, long seed, Path out) {
        ChaosOptions options = new ChaosOptions(seed, 1_000_000, 50, 1_500, 90, false, out);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            require(rest.hasNext(), option + " needs a value, or is not known");
            options = options.with(option, rest.next());
        }
        return options;
    }

    private ChaosOptions with(String option, String value) {
        return switch (option) {
            case "--events" -> new ChaosOptions(seed, number(option, value), kills, rate, minutes, small, out);
            case "--kills" -> new ChaosOptions(seed, events, integer(option, value), rate, minutes, small, out);
            case "--seed" -> new ChaosOptions(number(option, value), events, kills, rate, minutes, small, out);
            case "--rate" -> new ChaosOptions(seed, events, kills, integer(option, value), minutes, small, out);
            case "--minutes" -> new ChaosOptions(seed, events, kills, rate, integer(option, value), small, out);
            case "--layout" -> {
                require(value.equals("whole") || value.equals("small"), "--layout is whole or small");
                yield new ChaosOptions(seed, events, kills, rate, minutes, value.equals("small"), out);
            }
            case "--out" -> new ChaosOptions(seed, events, kills, rate, minutes, small, Path.of(value));
            default -> throw new IllegalArgumentException(option + " is not known");
        };
    }

    private static int integer(String option, String value) {
        return Math.toIntExact(number(option, value));
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value.replace("_", ""));
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
