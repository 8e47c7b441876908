package io.tollgate.streams.alert;

import io.tollgate.quota.Count;
import io.tollgate.quota.Counting;
import io.tollgate.quota.Metric;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.quota.alert.CompiledRule;
import io.tollgate.quota.alert.Counts;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.streams.quota.Counters;

/** What a rule has counted for one name. */
record RuleCounts(Counters counters, CompiledRule rule, StateName name) implements Counts {
    @Override
    public Decimal sum(Metric metric, Window span) {
        Counting what = rule.counting(metric);
        if (what.periods().bucket(span.start()).equals(span)) {
            return counters.at(what, name, span.start()).used();
        }
        Sum sum = new Sum();
        counters.visit(what, name, span.start(), span.end(), sum);
        return sum.total;
    }

    private static final class Sum implements Counters.Visitor {
        private Decimal total = Decimal.ZERO;

        @Override
        public boolean goesOn(long start, Count count) {
            total = total.plus(count.used());
            return true;
        }
    }
}
