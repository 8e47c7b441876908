package io.tollgate.sink.ledger;

import io.tollgate.avro.RatedUsage;
import io.tollgate.sink.batch.StorableText;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a rated usage that PostgreSQL refuses: its ids, times and amounts, so that no money is missing. Names
 * are kept as far as they can be stored; lines, labels and the rest stay in the dead letter alone.
 */
final class Reduction {
    private Reduction() {}

    static RatedUsage of(RatedUsage rated) {
        return RatedUsage.newBuilder(rated)
                .setCompany(StorableText.of(rated.getCompany()))
                .setSource(StorableText.of(rated.getSource()))
                .setId(StorableText.of(rated.getId()))
                .setProvider(StorableText.of(rated.getProvider()))
                .setModel(StorableText.of(rated.getModel()))
                .setUser(StorableText.orNull(rated.getUser()))
                .setAuthId(StorableText.orNull(rated.getAuthId()))
                .setCode(StorableText.orNull(rated.getCode()))
                .setCurrency(StorableText.orNull(rated.getCurrency()))
                .setReason(null)
                .setOperation(null)
                .setRequestId(null)
                .setServiceTier(null)
                .setRegion(null)
                .setVariant(null)
                .setSpeed(null)
                .setRequestModel(null)
                .setVendor(null)
                .setReservation(null)
                .setOverQuotas(null)
                .setLabels(Map.of())
                .setLines(List.of())
                .build();
    }
}
