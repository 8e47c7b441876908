package io.tollgate.streams.quota;

import io.tollgate.avro.Quota;
import io.tollgate.quota.Counting;
import io.tollgate.quota.Periods;

/** A quota that the topology counts: any but a concurrent one. */
record CountedQuota(Quota quota, Counting counting) {
    String id() {
        return quota.getId();
    }

    Periods periods() {
        return counting.periods();
    }
}
