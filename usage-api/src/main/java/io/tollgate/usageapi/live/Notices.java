package io.tollgate.usageapi.live;

import io.tollgate.avro.Alert;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.StateName;
import io.tollgate.usageapi.alert.AlertsBody;
import io.tollgate.usageapi.quota.StateItem;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes notices of the records of {@code quota.states} and {@code cost.alerts}, in the words of their lists. */
final class Notices {
    private final Function<String, @Nullable Quota> quotas;

    /** @param quotas by id, as far as they are known */
    Notices(Function<String, @Nullable Quota> quotas) {
        this.quotas = quotas;
    }

    /** A state that is gone: its quota was removed, or its window is long over and nothing was used since. */
    record Removed(String id, String company, @Nullable String user, @Nullable String key) {}

    Notice of(QuotaState state, int partition, long offset) {
        return new Notice(
                Source.QUOTA,
                partition,
                offset,
                "quota",
                state.getCompany(),
                state.getUser(),
                state.getKey(),
                LiveJson.text(StateItem.of(state, quotas.apply(state.getQuota()))));
    }

    Notice removed(StateName name, int partition, long offset) {
        return new Notice(
                Source.QUOTA,
                partition,
                offset,
                "quota_removed",
                name.company(),
                name.user(),
                name.key(),
                LiveJson.text(new Removed(name.quota(), name.company(), name.user(), name.key())));
    }

    Notice of(Alert alert, int partition, long offset) {
        return new Notice(
                Source.ALERT,
                partition,
                offset,
                "alert",
                alert.getCompany(),
                alert.getUser(),
                alert.getKey(),
                LiveJson.text(AlertsBody.Item.of(alert)));
    }
}
