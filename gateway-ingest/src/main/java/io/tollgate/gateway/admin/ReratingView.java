package io.tollgate.gateway.admin;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.MoneyChange;
import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.Rerating;
import io.tollgate.gateway.rerating.JobStatus;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A re-rating as it is read back.
 *
 * @param phase what it is doing or was doing when it stopped; null before it began
 * @param percent of the ledger's rows that lie in its reach
 * @param events whose charge differs by the book of now, as far as it has read
 * @param submitted of a dry run 0; may be above {@code events}: an event that was corrected has several rows
 * @param money what these events cost, by currency
 */
record ReratingView(
        String id,
        String status,
        @Nullable String phase,
        boolean dryRun,
        @Nullable String company,
        @Nullable String provider,
        @Nullable String model,
        String from,
        @Nullable String to,
        @Nullable String only,
        String reason,
        long percent,
        long rowsRead,
        long events,
        long newlyPriced,
        long noLongerPriced,
        long submitted,
        List<Money> money,
        @Nullable String error,
        long version,
        String createdAt,
        @Nullable String startedAt,
        String updatedAt) {

    static ReratingView of(Job job, @Nullable JobProgress progress) {
        Rerating asked = Objects.requireNonNull(job.getRerating());
        JobProgress known = progress == null
                ? JobProgress.newBuilder()
                        .setId(job.getId())
                        .setPhase(JobPhase.UNKNOWN)
                        .setStartedAt(job.getCreatedAt())
                        .setUpdatedAt(job.getUpdatedAt())
                        .build()
                : progress;
        return new ReratingView(
                job.getId(),
                JobStatus.of(job, progress).word(),
                progress == null ? null : progress.getPhase().name().toLowerCase(Locale.ROOT),
                asked.getDryRun(),
                asked.getCompany(),
                asked.getProvider(),
                asked.getModel(),
                Times.text(asked.getFrom()),
                Times.textOrNull(asked.getTo()),
                asked.getOnlyUnpriced() ? "unpriced" : null,
                asked.getReason(),
                percent(known),
                known.getRowsRead(),
                known.getEvents(),
                known.getNewlyPriced(),
                known.getNoLongerPriced(),
                known.getSubmitted(),
                known.getMoney().stream().map(Money::of).toList(),
                known.getError(),
                job.getVersion(),
                Times.text(job.getCreatedAt()),
                progress == null ? null : Times.text(progress.getStartedAt()),
                Times.text(Math.max(job.getUpdatedAt(), known.getUpdatedAt())));
    }

    private static long percent(JobProgress progress) {
        long all = 0;
        long read = 0;
        for (PartitionProgress partition : progress.getPartitions()) {
            all += partition.getEnd() - partition.getStart();
            read += partition.getPosition() - partition.getStart();
        }
        return all == 0 ? (progress.getPhase() == JobPhase.DONE ? 100 : 0) : 100 * read / all;
    }

    /** What the events cost in one currency before, and by the book of now. */
    record Money(
            String currency,
            String costBefore,
            String costAfter,
            String costChange,
            String listCostBefore,
            String listCostAfter,
            String listCostChange) {
        static Money of(MoneyChange change) {
            return new Money(
                    change.getCurrency(),
                    text(change.getCostBefore()),
                    text(change.getCostAfter()),
                    difference(change.getCostBefore(), change.getCostAfter()),
                    text(change.getListCostBefore()),
                    text(change.getListCostAfter()),
                    difference(change.getListCostBefore(), change.getListCostAfter()));
        }

        private static String text(ExactDecimal amount) {
            return Decimals.fromAvro(amount).toString();
        }

        private static String difference(ExactDecimal before, ExactDecimal after) {
            Decimal change =
                    Decimals.fromAvro(after).plus(Decimals.fromAvro(before).negated());
            return change.toString();
        }
    }
}
