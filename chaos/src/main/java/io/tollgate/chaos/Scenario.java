package io.tollgate.chaos;

import io.tollgate.chaos.fault.Deck;
import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.fault.RollingRestart;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What happens to the system in a long run. */
enum Scenario {
    /** Everything that can happen, shuffled. */
    KILLS(1_000_000, 50) {
        @Override
        Iterator<Disturbance> of(ChaosOptions options, TollgateSystem system, Random random) {
            return new Deck(system, random, options.kills());
        }
    },
    /** Each service is stopped and started, one instance after the other. */
    UPGRADE(50_000, 0) {
        @Override
        Iterator<Disturbance> of(ChaosOptions options, TollgateSystem system, Random random) {
            return RollingRestart.of(system);
        }
    },
    /** Each kind of server is gone for a long time. */
    OUTAGE(50_000, 0) {
        @Override
        Iterator<Disturbance> of(ChaosOptions options, TollgateSystem system, Random random) {
            Duration away = Duration.ofSeconds(options.away());
            return List.<Disturbance>of(
                            new Disturbance.DatabaseAway(away),
                            new Disturbance.Away(PartKind.REGISTRY, away),
                            new Disturbance.Away(PartKind.BROKER, away))
                    .iterator();
        }
    };

    private final long events;
    private final int kills;

    Scenario(long events, int kills) {
        this.events = events;
        this.kills = kills;
    }

    abstract Iterator<Disturbance> of(ChaosOptions options, TollgateSystem system, Random random);

    /** As many are to be acknowledged, where nothing else is asked for. */
    long events() {
        return events;
    }

    /** As many are to be killed, where nothing else is asked for. */
    int kills() {
        return kills;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Scenario named(String word) {
        for (Scenario scenario : values()) {
            if (scenario.name().toLowerCase(Locale.ROOT).equals(word)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("--scenario is kills, upgrade or outage, not '" + word + "'");
    }
}
