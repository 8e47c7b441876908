package io.tollgate.chaos.watch;

import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.TollgateSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory that each process has taken at most, as the system counts it; looked at before anything may end it. */
public final class Footprints {
    private final Map<String, Long> atFirst = new LinkedHashMap<>();
    private final Map<String, Long> most = new LinkedHashMap<>();

    /**
     * Of one process, in MB.
     *
     * @param atFirst the most until everything was ready
     * @param most the most at all; of one that was started again, the largest of its lives
     */
    public record Footprint(String part, long atFirst, long most) {}

    public void look(TollgateSystem system) {
        for (Part part : system.parts()) {
            long now = part.mostMemoryMb();
            atFirst.putIfAbsent(part.name(), now);
            most.merge(part.name(), now, Math::max);
        }
    }

    /** In the order in which they are started; without those of which nothing is known. */
    public List<Footprint> all() {
        List<Footprint> all = new ArrayList<>();
        most.forEach((part, megabytes) -> {
            if (megabytes > 0) {
                all.add(new Footprint(part, atFirst.getOrDefault(part, 0L), megabytes));
            }
        });
        return all;
    }
}
