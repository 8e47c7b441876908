package io.tollgate.standalone.demo;

import java.util.concurrent.atomic.LongAdder;

/** What was sent and what became of it, for the demo's line. */
final class DemoTally {
    final LongAdder accepted = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder voids = new LongAdder();
    /** Requests that were sent again because no acknowledgement came. */
    final LongAdder resent = new LongAdder();
}
