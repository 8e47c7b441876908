package io.tollgate.chaos.report;

import io.tollgate.chaos.fault.Disturbance;
import io.tollgate.chaos.watch.Watch;
import java.time.Duration;

/**
 * A disturbance that is over.
 *
 * @param at from the moment that everything was ready
 * @param lasting until the mending began
 * @param recovery from the strike on
 */
public record Struck(String kind, String target, int kills, Duration at, Duration lasting, Watch.Recovery recovery) {
    public static Struck of(Disturbance disturbance, Duration at, Watch.Recovery recovery) {
        return new Struck(
                disturbance.kind(), disturbance.target(), disturbance.kills(), at, disturbance.lasting(), recovery);
    }
}
