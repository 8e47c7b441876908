package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.pricing.PriceBook;
import org.jspecify.annotations.Nullable;

/**
 * What an event is taken to say.
 *
 * @param authId of the key that sent the usage; corrections don't change whose it is
 * @param revision 1 for the usage's own words, above for an amend's
 */
record Content(Usage usage, @Nullable String authId, int revision) {

    static Content of(Submission usage) {
        return new Content(present(usage.getUsage()), usage.getAuthId(), LiveEvent.ORIGINAL_REVISION);
    }

    static Content of(Entry live) {
        return new Content(present(live.getUsage()), live.getAuthId(), live.getRevision());
    }

    /**
     * What decides the price (provider, model and the one asked for, dimensions, service tier, region, variant, speed,
     * billable) is the amend's alone: leaving a tier out means the standard one, as it does in a usage. What describes the call (time, user, labels,
     * operation, request id, reservation, status, latency) is the amend's where it says so, else as it was: whoever
     * corrects a token count need not repeat the latency.
     */
    Content amendedBy(Submission amend) {
        Usage said = present(amend.getUsage());
        Usage merged = new Usage();
        merged.setProvider(said.getProvider());
        merged.setModel(said.getModel());
        merged.setRequestModel(said.getRequestModel());
        merged.setOverQuotas(said.getOverQuotas());
        merged.setDimensions(said.getDimensions());
        merged.setServiceTier(said.getServiceTier());
        merged.setRegion(said.getRegion());
        merged.setVariant(said.getVariant());
        merged.setSpeed(said.getSpeed());
        merged.setVendor(said.getVendor());
        merged.setBillable(said.getBillable());
        boolean timed = said.getEventTimeGiven();
        merged.setEventTime(timed ? said.getEventTime() : usage.getEventTime());
        merged.setEventTimeGiven(timed || usage.getEventTimeGiven());
        merged.setUser(either(said.getUser(), usage.getUser()));
        merged.setLabels(said.getLabels().isEmpty() ? usage.getLabels() : said.getLabels());
        merged.setOperation(either(said.getOperation(), usage.getOperation()));
        merged.setRequestId(either(said.getRequestId(), usage.getRequestId()));
        merged.setReservation(either(said.getReservation(), usage.getReservation()));
        merged.setStatus(either(said.getStatus(), usage.getStatus()));
        merged.setLatencyMs(either(said.getLatencyMs(), usage.getLatencyMs()));
        return new Content(merged, authId, amend.getRevision());
    }

    Charge charge(String company, PriceBook prices, int sequence) {
        return Charges.of(prices.rate(company, usage), sequence);
    }

    Entry entry(long fingerprint, Charge charge) {
        Entry entry = new Entry();
        entry.setState(EntryState.LIVE);
        entry.setFingerprint(fingerprint);
        entry.setRevision(revision);
        entry.setNextSequence(charge.getSequence() + 1);
        entry.setAuthId(authId);
        entry.setUsage(withoutVendorsWords(usage));
        entry.setCharge(charge);
        return entry;
    }

    /** The event's first row has the vendor's usage part; in the store of every id it would be most of the bytes. */
    private static Usage withoutVendorsWords(Usage usage) {
        VendorReading vendor = usage.getVendor();
        if (vendor == null || vendor.getUsage() == null) {
            return usage;
        }
        return Usage.newBuilder(usage)
                .setVendor(VendorReading.newBuilder(vendor).setUsage(null).build())
                .build();
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }

    private static Usage present(@Nullable Usage usage) {
        if (usage == null) {
            throw new IllegalStateException("no usage where there must be one");
        }
        return usage;
    }
}
