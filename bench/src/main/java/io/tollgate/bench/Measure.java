package io.tollgate.bench;

/** Something that can be run again and again on fresh events, each run timed. */
public interface Measure extends AutoCloseable {
    String name();

    /**
     * Runs it once.
     *
     * @param round 0 is the warm-up; no two runs of a round have events in common
     * @param events to process
     * @throws Exception if it could not be measured, or what it did is not what it should have done
     */
    Reading run(int round, int events) throws Exception;

    @Override
    void close();
}
