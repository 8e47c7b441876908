package io.tollgate.gateway.ingest;

import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read event on its way to its record: the last checks, its fingerprint, and only then what the gateway adds (the key's
 * user and labels, the clock). In that order, or the same event sent twice by rotated keys would be a conflict.
 *
 * @param time as the client wrote it; null: none
 * @param timeMember where it wrote it
 * @param now epoch µs
 */
record Event(
        Sender sender,
        Objections objections,
        String source,
        String id,
        @Nullable String subject,
        @Nullable String time,
        String timeMember,
        long now) {
    private static final long MAX_AHEAD_MICROS = micros(SubmissionLimits.MAX_AHEAD);
    private static final long MAX_AGE_MICROS = micros(SubmissionLimits.MAX_AGE);

    Event(
            Sender sender,
            Objections objections,
            String source,
            String id,
            @Nullable String subject,
            @Nullable String time,
            long now) {
        this(sender, objections, source, id, subject, time, "time", now);
    }

    /**
     * @param knownId as far as it could be read
     * @param usage of a usage, else null
     * @param correction of a void or an amend, else null
     */
    Verdict verdict(@Nullable String knownId, @Nullable Usage usage, CorrectionReader.@Nullable Correction correction) {
        // A correction's own time is only when it was made: what counts is the time of the event that it corrects.
        long givenTime = time == null ? now : micros("", timeMember, time, usage != null);
        Submission submission = correction == null
                ? submission(SubmissionKind.USAGE, usage)
                : submission(
                        correction.usage() == null ? SubmissionKind.VOID : SubmissionKind.AMEND, correction.usage());
        if (correction != null) {
            submission.setSource(correction.source());
            submission.setId(correction.id());
            submission.setRevision(correction.revision());
            submission.setReason(correction.reason());
            submission.setCorrectionSource(source);
            submission.setCorrectionId(id);
        }
        Usage used = submission.getUsage();
        if (used != null) {
            String usedTime = correction == null ? time : correction.usageTime();
            used.setEventTimeGiven(usedTime != null);
            used.setEventTime(
                    correction == null
                            ? givenTime
                            : usedTime == null ? now : micros("/data/data", "time", usedTime, true));
            used.setUser(subject);
        }
        Rejection rejection = objections.rejection();
        if (rejection != null) {
            return new Verdict.Rejected(knownId, rejection);
        }
        submission.setFingerprint(Fingerprint.of(submission));
        if (used != null) {
            addWhatTheKeySays(used);
        }
        byte[] key = EventHash.of(sender.company(), submission.getSource(), submission.getId());
        return new Verdict.Accepted(id, key, submission, null);
    }

    private Submission submission(SubmissionKind kind, @Nullable Usage usage) {
        return new Submission(
                sender.company(), kind, source, id, 0L, 1, null, null, null, sender.authId(), now, usage, null);
    }

    private void addWhatTheKeySays(Usage usage) {
        if (sender.user() != null) {
            usage.setUser(sender.user());
        }
        if (!sender.labels().isEmpty()) {
            Map<String, String> labels = new HashMap<>(sender.labels());
            labels.putAll(usage.getLabels());
            usage.setLabels(labels);
        }
    }

    private long micros(String parent, String member, String text, boolean ofUsage) {
        long micros = Timestamps.parse(text);
        if (micros == Timestamps.INVALID) {
            objections.reject(
                    RejectionCode.INVALID_EVENT,
                    parent,
                    member,
                    member + " " + Texts.shown(text) + " is no RFC 3339 time, 2026-11-21T10:00:00Z say");
        } else if (ofUsage && micros > now + MAX_AHEAD_MICROS) {
            objections.reject(
                    RejectionCode.TIMESTAMP_IN_FUTURE,
                    parent,
                    member,
                    member + " " + Texts.shown(text) + " is more than " + SubmissionLimits.MAX_AHEAD.toMinutes()
                            + " minutes ahead; is the clock right?");
        } else if (ofUsage && micros < now - MAX_AGE_MICROS) {
            objections.reject(
                    RejectionCode.TIMESTAMP_TOO_FAR_IN_PAST,
                    parent,
                    member,
                    member + " " + Texts.shown(text) + " is more than " + SubmissionLimits.MAX_AGE.toDays()
                            + " days ago; older events are not taken");
        }
        return micros;
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }
}
