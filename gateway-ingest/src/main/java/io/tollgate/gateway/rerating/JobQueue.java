package io.tollgate.gateway.rerating;

import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which job this gateway takes next. A job that another gateway works on is left to it while it moves; one that has
 * stood still for longer than a gateway that lives lets it, is taken. To be wrong costs nothing: who takes a job
 * fences who had it.
 *
 * <p>Standing still is measured on this gateway's own clock, from when it first saw the state in question.
 */
final class JobQueue {
    /** How often a gateway says that it is still at a job. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    static final Duration STALE = HEARTBEAT.multipliedBy(4);

    private final String gateway;
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(JobProgress progress, long sinceNanos) {}

    JobQueue(String gateway) {
        this.gateway = gateway;
    }

    /**
     * The oldest job that there is something to do for.
     *
     * @param nanos a clock that only goes forward
     */
    Optional<Job> next(Collection<Job> jobs, Function<String, @Nullable JobProgress> progress, long nanos) {
        // Every one is looked at, so that each is known to stand still from when it does.
        Stream<Job> open = jobs.stream()
                .filter(job -> job.getRerating() != null)
                .filter(job -> isToBeTaken(job, progress.apply(job.getId()), nanos))
                .toList()
                .stream();
        return open.min(Comparator.comparing(Job::getCreatedAt).thenComparing(Job::getId));
    }

    private boolean isToBeTaken(Job job, @Nullable JobProgress progress, long nanos) {
        boolean wanted =
                switch (JobStatus.of(job, progress)) {
                    case QUEUED, RUNNING, PAUSING, CANCELLING -> true;
                    case PAUSED, CANCELLED, DONE, FAILED -> false;
                };
        if (!wanted) {
            seen.remove(job.getId());
            return false;
        }
        if (progress != null && progress.getPhase() == JobPhase.UNKNOWN) {
            return false; // a later version has it
        }
        if (progress == null
                || progress.getRunner() == null
                || progress.getRunner().equals(gateway)) {
            return true;
        }
        Seen before = seen.get(job.getId());
        if (before == null || !before.progress().equals(progress)) {
            seen.put(job.getId(), new Seen(progress, nanos));
            return false;
        }
        return nanos - before.sinceNanos() > STALE.toNanos();
    }
}
