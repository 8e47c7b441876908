package io.tollgate.bench.standalone;

import java.util.ArrayList;
import java.util.List;

/**
 * How many events were acknowledged and had no row yet, looked at again and again while a rate was kept. It may be large
 * and still hold; what counts is whether it grows.
 */
final class Lag {
    /** The first part of it is left out: a new rate takes some seconds to settle. */
    private static final double SETTLING = 1.0 / 3;
    /** How much more of it, in seconds of the rate, is none: a commit, a pause of the garbage collector. */
    private static final double TOLERATED_SECONDS = 1;
    /** How much of the rate must have been taken at all. */
    private static final double TAKEN = 0.98;

    private final List<Look> looks = new ArrayList<>();

    /**
     * One look.
     *
     * @param seconds since the rate began
     * @param acknowledged events since then, those that were sent again among them
     * @param lag events that have no row
     */
    record Look(double seconds, long acknowledged, long lag) {}

    void add(Look look) {
        looks.add(look);
    }

    long begin() {
        return settled().get(0).lag();
    }

    long end() {
        return looks.get(looks.size() - 1).lag();
    }

    /** Events a second that were taken. */
    double taken() {
        Look first = looks.get(0);
        Look last = looks.get(looks.size() - 1);
        return (last.acknowledged() - first.acknowledged()) / (last.seconds() - first.seconds());
    }

    /** Events by which the straight line through the looks rises in a second, once the rate has settled. */
    double growth() {
        List<Look> settled = settled();
        double meanSeconds =
                settled.stream().mapToDouble(Look::seconds).average().orElseThrow();
        double meanLag = settled.stream().mapToDouble(Look::lag).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (Look look : settled) {
            double seconds = look.seconds() - meanSeconds;
            together += seconds * (look.lag() - meanLag);
            alone += seconds * seconds;
        }
        return alone == 0 ? 0 : together / alone;
    }

    /** Whether so many events a second could go on for ever, as far as these looks tell. */
    boolean holds(int perSecond) {
        List<Look> settled = settled();
        double seconds =
                settled.get(settled.size() - 1).seconds() - settled.get(0).seconds();
        return taken() >= TAKEN * perSecond && growth() * seconds <= TOLERATED_SECONDS * perSecond;
    }

    private List<Look> settled() {
        if (looks.size() < 3) {
            throw new IllegalStateException("too few looks to tell: " + looks.size());
        }
        double from = looks.get(looks.size() - 1).seconds() * SETTLING;
        return looks.stream().filter(look -> look.seconds() >= from).toList();
    }
}
