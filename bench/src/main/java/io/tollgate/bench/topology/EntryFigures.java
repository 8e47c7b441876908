package io.tollgate.bench.topology;

import java.util.List;

/**
 * What the files of the dedupe store hold, and what look-ups of ids that are not in them took.
 *
 * @param entries in all files
 * @param diskBytes of the files
 * @param filterBytes of their bloom filters, which have to be in memory for a look-up to be fast
 * @param indexBytes of their indexes, the same
 * @param lookUps of new ids, each in both generations
 * @param withoutReading of those, that found every block that they needed in memory
 * @param nanos that the look-ups took together
 */
public record EntryFigures(
        long entries,
        long diskBytes,
        long filterBytes,
        long indexBytes,
        long lookUps,
        long withoutReading,
        long nanos) {

    /** What must be in memory for an id. */
    public double memoryPerId() {
        return (double) (filterBytes + indexBytes) / entries;
    }

    public double filterPerId() {
        return (double) filterBytes / entries;
    }

    public double indexPerId() {
        return (double) indexBytes / entries;
    }

    public double diskPerId() {
        return (double) diskBytes / entries;
    }

    /** From 0 to 1. */
    public double shareWithoutReading() {
        return (double) withoutReading / lookUps;
    }

    public double microsPerLookUp() {
        return nanos / 1e3 / lookUps;
    }

    String words() {
        return entries + " " + diskBytes + " " + filterBytes + " " + indexBytes + " " + lookUps + " " + withoutReading
                + " " + nanos;
    }

    static EntryFigures of(List<String> words) {
        long[] figures = words.stream().mapToLong(Long::parseLong).toArray();
        return new EntryFigures(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6]);
    }
}
