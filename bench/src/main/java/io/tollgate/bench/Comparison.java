package io.tollgate.bench;

import io.tollgate.bench.process.Servers;

/**
 * A limit of the machine and what is held against it, on servers of their own.
 *
 * @param name for {@code --only}
 * @param limitFactor how many times the subject's events the limit is given, since it is that much faster
 * @param basis what the ratio is of
 * @param target what a later release is held to, for people
 * @param setting what decides the figures, for people
 */
record Comparison(
        String name, Opener limit, Opener subject, int limitFactor, Basis basis, String target, String setting) {

    /** Starts a measure on running servers. */
    @FunctionalInterface
    interface Opener {
        Measure open(Servers servers) throws Exception;
    }

    /** What is divided by what. */
    enum Basis {
        /** Events per second of the subject by those of the limit: up to 1, more is better. */
        RATE,
        /** CPU per event of the subject by that of the limit: 1 and up, less is better. */
        CPU
    }
}
