package io.tollgate.chaos.fault;

import io.tollgate.chaos.fault.FaultProxy.Weather;
import io.tollgate.chaos.part.Database;
import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Everything that can happen, shuffled and dealt until enough processes were killed; then shuffled again. So each kind
 * comes about as often as another, and each in many an order.
 */
public final class Deck implements Iterator<Disturbance> {
    /** Longer than any session, lease and time-out of Tollgate's. */
    private static final int LONGEST_HALT_SECONDS = 30;

    private static final int SHORTEST_HALT_SECONDS = 3;
    private static final int LONGEST_DOWN_MILLIS = 5_000;
    private static final int LONGEST_WEATHER_SECONDS = 15;

    private final TollgateSystem system;
    private final Random random;
    private final Deque<Disturbance> dealt = new ArrayDeque<>();
    private int killsToCome;

    public Deck(TollgateSystem system, Random random, int kills) {
        this.system = system;
        this.random = random;
        this.killsToCome = kills;
    }

    @Override
    public boolean hasNext() {
        return killsToCome > 0 || !dealt.isEmpty();
    }

    @Override
    public Disturbance next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (dealt.isEmpty()) {
            List<Disturbance> all = all();
            Collections.shuffle(all, random);
            dealt.addAll(all);
        }
        Disturbance next = dealt.remove();
        killsToCome -= next.kills();
        if (killsToCome <= 0 && next.kills() > 0) {
            // What is left of these cards without a kill still comes.
            dealt.removeIf(rest -> rest.kills() > 0);
        }
        return next;
    }

    private List<Disturbance> all() {
        List<Disturbance> all = new ArrayList<>();
        for (PartKind kind : List.of(PartKind.GATEWAY, PartKind.STREAMS, PartKind.SINK)) {
            for (Part part : system.parts(kind)) {
                all.add(new Disturbance.Kill(part, down()));
            }
            all.add(new Disturbance.Halt(any(kind), halted(all.size())));
        }
        all.add(new Disturbance.Kill(any(PartKind.REGISTRY), down()));
        all.add(new Disturbance.Kill(any(PartKind.BROKER), down()));
        all.add(new Disturbance.KillLeader(down()));
        all.add(new Disturbance.Halt(any(PartKind.BROKER), halted(all.size())));
        for (Database.End end : Database.End.values()) {
            all.add(new Disturbance.DatabaseDown(end, down()));
        }
        system.stateDisk().ifPresent(disk -> all.add(new Disturbance.DiskFull(disk, weathered())));
        if (!system.brokerProxies().isEmpty()) {
            for (Weather weather : List.of(Weather.SLOW, Weather.CUT, Weather.HALF_CLOSED, Weather.BLACK_HOLE)) {
                all.add(new Disturbance.Network(weather, system.brokerProxies(), "brokers", weathered()));
                all.add(new Disturbance.Network(weather, system.databaseProxies(), "postgres", weathered()));
            }
            all.add(new Disturbance.Network(
                    Weather.BLACK_HOLE,
                    List.of(system.brokerProxies()
                            .get(random.nextInt(system.brokerProxies().size()))),
                    "one broker",
                    weathered()));
        }
        return all;
    }

    private Part any(PartKind kind) {
        List<Part> parts = system.parts(kind);
        return parts.get(random.nextInt(parts.size()));
    }

    private Duration down() {
        return Duration.ofMillis(random.nextInt(LONGEST_DOWN_MILLIS));
    }

    /** One in two for as long as it gets. */
    private Duration halted(int number) {
        return Duration.ofSeconds(
                number % 2 == 0
                        ? LONGEST_HALT_SECONDS
                        : SHORTEST_HALT_SECONDS + random.nextInt(LONGEST_HALT_SECONDS - SHORTEST_HALT_SECONDS));
    }

    private Duration weathered() {
        return Duration.ofSeconds(1 + random.nextInt(LONGEST_WEATHER_SECONDS));
    }
}
