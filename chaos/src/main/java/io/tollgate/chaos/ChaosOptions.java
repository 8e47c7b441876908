package io.tollgate.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param events to be acknowledged at least
 * @param kills at least
 * @param rate of submissions a second
 * @param minutes after which no disturbance begins any more
 * @param away how many seconds each kind of server is gone in an outage
 * @param small the layout of the build's own test in place of the whole one
 * @param out folder of report and logs
 */
record ChaosOptions(
        Scenario scenario,
        long seed,
        long events,
        int kills,
        int rate,
        int minutes,
        int away,
        boolean small,
        Path out) {
    static final String USAGE =
            """
            usage: bench/chaos [--scenario kills|upgrade|outage] [--events N] [--kills N] [--seed N] [--rate N] [--minutes N] [--away N]
                               [--layout whole|small] [--out DIR]
              --scenario   kills: everything that can happen, shuffled (the default);
                           upgrade: each service is stopped and started, one instance after the other;
                           outage: PostgreSQL, the registry and all brokers are gone for a long time, one after the other
              --events N   submissions to be acknowledged at least (default 1000000; 50000 where nothing is killed)
              --kills N    processes to be killed at least (default 50; of kills alone)
              --seed N     of everything that is random (default: drawn, and printed)
              --rate N     submissions a second (default 1500)
              --minutes N  after which no disturbance begins and no event is waited for any more (default 90)
              --away N     seconds for which each is gone in an outage (default 600)
              --layout     whole: 3 brokers, 2 gateways, 2 streams instances with standbys, 2 sinks (the default);
                           small: 1 broker, 1 gateway, 2 streams instances, 1 sink
              --out DIR    where chaos.json, chaos.md, the logs and the record of what was sent go (default bench/target/chaos)
            """;

    private static final Set<String> KNOWN =
            Set.of("--scenario", "--events", "--kills", "--seed", "--rate", "--minutes", "--away", "--layout", "--out");
    private static final long RATE = 1_500;
    private static final long MINUTES = 90;
    private static final long AWAY = 600;

    ChaosOptions {
        require(events >= 1, "--events is 1 or more");
        require(kills >= 1 || scenario != Scenario.KILLS, "--kills is 1 or more");
        require(kills == 0 || scenario == Scenario.KILLS, "--kills is of the scenario kills alone");
        require(rate >= 100 && rate <= 100_000, "--rate is from 100 to 100000");
        require(minutes >= 1, "--minutes is 1 or more");
        require(away >= 1, "--away is 1 or more");
    }

    /** @throws IllegalArgumentException if it makes no sense; the message says why */
    static ChaosOptions parse(List<String> arguments, long seed, Path out) {
        Arguments given = Arguments.parse(arguments, KNOWN);
        Scenario scenario = Scenario.named(given.text("--scenario", "kills"));
        String layout = given.text("--layout", "whole");
        require(layout.equals("whole") || layout.equals("small"), "--layout is whole or small");
        return new ChaosOptions(
                scenario,
                given.number("--seed", seed),
                given.number("--events", scenario.events()),
                given.integer("--kills", scenario.kills()),
                given.integer("--rate", RATE),
                given.integer("--minutes", MINUTES),
                given.integer("--away", AWAY),
                layout.equals("small"),
                given.path("--out", out));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
