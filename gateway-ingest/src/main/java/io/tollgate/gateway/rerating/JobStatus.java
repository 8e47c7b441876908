package io.tollgate.gateway.rerating;

import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a job stands: what is wanted of it, and how far it is. */
public enum JobStatus {
    /** No gateway has taken it yet. */
    QUEUED,
    RUNNING,
    /** A gateway is still at it. */
    PAUSING,
    PAUSED,
    CANCELLING,
    CANCELLED,
    DONE,
    FAILED;

    /**
     * Where it stands.
     *
     * @param progress null where nobody has begun
     */
    public static JobStatus of(Job job, @Nullable JobProgress progress) {
        JobPhase phase = progress == null ? JobPhase.UNKNOWN : progress.getPhase();
        boolean held = progress != null && progress.getRunner() != null;
        return switch (phase) {
            case DONE -> DONE;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
            default ->
                switch (job.getWanted()) {
                    case RUN -> held ? RUNNING : QUEUED;
                    case CANCEL -> CANCELLING;
                    case PAUSE, UNKNOWN -> held ? PAUSING : PAUSED;
                };
        };
    }

    /** Whether nothing will change any more. */
    public boolean isEnd() {
        return this == DONE || this == CANCELLED || this == FAILED;
    }

    /** As it is written in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
