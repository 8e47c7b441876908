package io.tollgate.quota.alert;

import io.tollgate.quota.Metric;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;

/** What a rule has counted for one subject. */
public interface Counts {

    /** Sum over the whole buckets that lie in {@code span}. */
    Decimal sum(Metric metric, Window span);
}
