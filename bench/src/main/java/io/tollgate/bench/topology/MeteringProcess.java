package io.tollgate.bench.topology;

import io.tollgate.bench.Measure;
import io.tollgate.bench.Reading;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.process.WorkloadMeasure;
import java.io.IOException;
import java.util.List;

/** The metering topology in a process of its own. */
public final class MeteringProcess implements Measure {
    private final WorkloadMeasure process;

    private MeteringProcess(WorkloadMeasure process) {
        this.process = process;
    }

    static MeteringProcess start(String name, Servers servers) throws IOException {
        return new MeteringProcess(WorkloadMeasure.start(name, servers, Metering.Maker.class));
    }

    /**
     * What it took to read the state again.
     *
     * @param nanos from the service's start to the moment when every thread processes
     */
    public record Restored(long ids, long nanos) {
        public double perSecond() {
            return ids * 1e9 / nanos;
        }

        private static Restored of(List<String> words) {
            return new Restored(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
        }
    }

    /** Whose events come from now on. */
    void of(Traffic traffic) throws IOException {
        List<String> unused =
                process.ask(Metering.COMPANIES + " " + traffic.companies() + " " + traffic.percentOfFirst());
    }

    /** Fills the dedupe state, and restores it. */
    public Restored remember(int ids) throws IOException {
        return Restored.of(process.ask(Metering.REMEMBER + " " + ids));
    }

    /** Throws the state away and restores it. */
    public Restored restore() throws IOException {
        return Restored.of(process.ask(Metering.RESTORE));
    }

    /** After {@link #remember}. */
    public EntryFigures files() throws IOException {
        return EntryFigures.of(process.ask(Metering.FILES));
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public Reading run(int round, int events) throws IOException {
        return process.run(round, events);
    }

    @Override
    public void close() {
        process.close();
    }
}
