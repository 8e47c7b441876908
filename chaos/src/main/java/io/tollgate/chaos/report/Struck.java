package io.tollgate.chaos.report;

import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.load.Answered;
import io.tollgate.chaos.watch.CatchUp;
import io.tollgate.chaos.watch.Watch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A disturbance that is over.
 *
 * @param at from the moment that everything was ready
 * @param lasting until the mending began
 * @param recovery from the strike on
 * @param answered from the strike until all went on again, or nobody waited for that any longer
 * @param catchUp of the sink, where it could write nothing
 */
public record Struck(
        String kind,
        String target,
        int kills,
        Duration at,
        Duration lasting,
        Watch.Recovery recovery,
        Answered answered,
        @Nullable CatchUp catchUp) {
    public static Struck of(
            Disturbance disturbance,
            Duration at,
            Watch.Recovery recovery,
            Answered answered,
            @Nullable CatchUp catchUp) {
        return new Struck(
                disturbance.kind(),
                disturbance.target(),
                disturbance.kills(),
                at,
                disturbance.lasting(),
                recovery,
                answered,
                catchUp);
    }
}
