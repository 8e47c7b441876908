package io.tollgate.bench.topology;

/**
 * How events are spread over companies.
 *
 * @param percentOfFirst that the first one has of all; 0: all companies alike
 */
record Traffic(int companies, int percentOfFirst) {
    static Traffic uniform(int companies) {
        return new Traffic(companies, 0);
    }

    Traffic withHot(int percent) {
        return new Traffic(companies, percent);
    }
}
