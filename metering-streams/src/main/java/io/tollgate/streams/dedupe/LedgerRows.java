package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.Entry;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;

/** Rows of the ledger, each made from what the event says, what it is charged and the submission that caused it. */
final class LedgerRows {
    private LedgerRows() {}

    /** A row that counts the event once. */
    static RatedUsage row(Arrival cause, Content content, Charge charge, RowKind kind) {
        Submission submission = cause.submission();
        RatedUsage row = new RatedUsage();
        row.setCompany(submission.getCompany());
        row.setSource(submission.getSource());
        row.setId(submission.getId());
        row.setSequence(charge.getSequence());
        row.setKind(kind);
        row.setCause(submission.getKind());
        row.setReason(submission.getReason());
        row.setRevision(content.revision());
        row.setRequests(1);
        row.setBookedAt(cause.appendedAt());
        row.setEventsPartition(cause.origin().partition());
        row.setEventsOffset(cause.origin().offset());
        row.setAuthId(content.authId());
        describe(row, content.usage());
        charge(row, charge);
        return row;
    }

    /** The exact negative of the row in force. */
    static RatedUsage reversal(Entry live, Arrival cause) {
        Charge inForce = Charges.of(live);
        Charge negative = Charges.of(Charges.rating(inForce).negated(), live.getNextSequence());
        RatedUsage row = row(cause, Content.of(live), negative, RowKind.REVERSAL);
        row.setCorrects(inForce.getSequence());
        row.setRequests(-1);
        return row;
    }

    private static void describe(RatedUsage row, Usage usage) {
        row.setEventTime(usage.getEventTime());
        row.setUser(usage.getUser());
        row.setProvider(usage.getProvider());
        row.setModel(usage.getModel());
        row.setOperation(usage.getOperation());
        row.setRequestId(usage.getRequestId());
        row.setServiceTier(usage.getServiceTier());
        row.setRegion(usage.getRegion());
        row.setVariant(usage.getVariant());
        row.setSpeed(usage.getSpeed());
        row.setRequestModel(usage.getRequestModel());
        row.setVendor(usage.getVendor());
        row.setReservation(usage.getReservation());
        row.setStatus(usage.getStatus());
        row.setLatencyMs(usage.getLatencyMs());
        row.setBillable(usage.getBillable());
        row.setLabels(usage.getLabels());
        row.setOverQuotas(usage.getOverQuotas());
    }

    private static void charge(RatedUsage row, Charge charge) {
        row.setState(charge.getState());
        row.setCode(charge.getCode());
        row.setLines(charge.getLines());
        row.setTokens(charge.getTokens());
        row.setCost(charge.getCost());
        row.setListCost(charge.getListCost());
        row.setCurrency(charge.getCurrency());
        row.setPriceVersion(charge.getPriceVersion());
    }
}
