package io.tollgate.gateway.catalog;

import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.catalog.Harvest.Doubt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or would do.
 *
 * @param version of the book afterwards
 * @param entries how many of the catalogue's entries were taken, skipped, quarantined and not asked for
 * @param prices how many prices are new, moved, in force already and not believed
 * @param taken names of the entries
 * @param quarantined entries and single prices of them that can't be true, or moved too far, or collide
 * @param remarks prices that are elsewhere than in the catalogue, or in no dimension
 * @param leftAlone models in force that the catalogue does not have
 */
record ImportReport(
        String format,
        boolean dryRun,
        String effectiveFrom,
        long version,
        Entries entries,
        Prices prices,
        List<String> taken,
        List<Reason> skipped,
        List<Reason> quarantined,
        List<Reason> remarks,
        List<PriceDifference> added,
        List<PriceDifference> changed,
        List<Model> leftAlone) {

    record Entries(int taken, int skipped, int quarantined, int notAskedFor) {}

    record Prices(int added, int changed, int unchanged, int quarantined) {}

    record Model(String provider, String model) {}

    /** @param price null: the whole entry */
    record Reason(String entry, @Nullable String price, String code, String detail) {}

    /** Gathers a report while the import goes on. */
    static final class Builder {
        private final List<String> taken = new ArrayList<>();
        private final List<Reason> skipped = new ArrayList<>();
        private final List<Reason> quarantined = new ArrayList<>();
        private final List<Reason> remarks = new ArrayList<>();
        private final List<PriceDifference> added = new ArrayList<>();
        private final List<PriceDifference> changed = new ArrayList<>();
        private int wholeEntries;
        private int notAskedFor;
        private int unchanged;

        void notAskedFor() {
            notAskedFor++;
        }

        void verdict(Verdict verdict) {
            if (verdict instanceof Verdict.Taken entry) {
                taken.add(entry.entry());
                entry.remarks().forEach(remark -> remark(entry.entry(), remark));
            } else if (verdict instanceof Verdict.Skipped entry) {
                skipped.add(new Reason(entry.entry(), null, entry.code(), entry.detail()));
            } else if (verdict instanceof Verdict.Quarantined entry) {
                wholeEntries++;
                quarantined.add(new Reason(entry.entry(), null, entry.code(), entry.detail()));
            }
        }

        void doubts(List<Doubt> doubts) {
            doubts.forEach(doubt -> remark(doubt.entry(), doubt.remark()));
        }

        void change(ModelChange change) {
            added.addAll(change.added());
            changed.addAll(change.changed());
            unchanged += change.unchanged();
            doubts(change.doubts());
        }

        private void remark(String entry, Remark remark) {
            List<Reason> list = remark.kind() == Remark.Kind.QUARANTINED ? quarantined : remarks;
            list.add(new Reason(entry, remark.price(), remark.code(), remark.detail()));
        }

        ImportReport build(ImportRequest request, long version, List<Model> leftAlone) {
            return new ImportReport(
                    request.catalogue().word(),
                    request.dryRun(),
                    Times.text(request.terms().start()),
                    version,
                    new Entries(taken.size(), skipped.size(), wholeEntries, notAskedFor),
                    new Prices(added.size(), changed.size(), unchanged, quarantined.size() - wholeEntries),
                    taken,
                    skipped,
                    quarantined,
                    remarks,
                    added,
                    changed,
                    leftAlone);
        }
    }
}
