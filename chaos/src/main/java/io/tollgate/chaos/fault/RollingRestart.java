package io.tollgate.chaos.fault;

import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import java.util.Iterator;
import java.util.List;

/** An upgrade as operators are told to do it: one instance after the other, in the order of docs/operations.md. */
public final class RollingRestart {
    private static final List<PartKind> ORDER =
            List.of(PartKind.SINK, PartKind.USAGE_API, PartKind.STREAMS, PartKind.GATEWAY);

    private RollingRestart() {}

    public static Iterator<Disturbance> of(TollgateSystem system) {
        return ORDER.stream()
                .flatMap(kind -> system.parts(kind).stream())
                .map(part -> (Disturbance) new Disturbance.Stop(part))
                .iterator();
    }
}
