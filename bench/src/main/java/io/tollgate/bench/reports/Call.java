package io.tollgate.bench.reports;

import java.time.Instant;

/**
 * A call that was metered.
 *
 * @param cost in 10^-8 of a dollar; list cost is five sixths of it
 */
record Call(
        Instant time,
        Person person,
        String provider,
        String model,
        boolean batch,
        boolean failed,
        int latencyMs,
        long input,
        long cacheRead,
        long output,
        long cost) {

    /** Who calls: their company, their key and the labels that come with them. */
    record Person(String company, String user, String key, String team, String costCenter) {
        String labels() {
            return "{\"team\": \"" + team + "\", \"cost_center\": \"" + costCenter + "\"}";
        }
    }

    long tokens() {
        return input + cacheRead + output;
    }

    /** What the two tables of totals know a row by, beside its window. */
    String row() {
        return person.user + '\t' + person.key + '\t' + model + '\t' + batch;
    }

    static String money(long amount) {
        return amount + "e-8";
    }

    long listCost() {
        return cost / 6 * 5;
    }
}
