package io.tollgate.gateway.rerating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.JobWish;
import io.tollgate.avro.Rerating;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobQueueTest {
    @BeforeAll
    static void guard() {
        AvroGuards.set();
    }

    private static final String ME = "gateway-1";
    private static final String OTHER = "gateway-2";

    private final JobQueue queue = new JobQueue(ME);
    private final Map<String, JobProgress> progress = new HashMap<>();
    private long nanos = 42;

    @Test
    void theOldestComesFirst() {
        assertThat(queue.next(List.of(job("b", 2, JobWish.RUN), job("a", 1, JobWish.RUN)), progress::get, nanos))
                .map(Job::getId)
                .contains("a");
    }

    @ParameterizedTest
    @CsvSource({
        "RUN,    , WAITING,   true",
        "RUN,    , SCANNING,  true",
        "RUN,    , UNKNOWN,   false",
        "RUN,    , DONE,      false",
        "RUN,    , FAILED,    false",
        "PAUSE,  , SCANNING,  false",
        "PAUSE,  gateway-1, SCANNING, true",
        "CANCEL, , SCANNING,  true",
        "CANCEL, , CANCELLED, false",
        "RUN,    gateway-1, SCANNING, true",
        "RUN,    gateway-2, SCANNING, false",
    })
    void whatIsWantedAndOpenIsTaken(JobWish wanted, @Nullable String runner, JobPhase phase, boolean taken) {
        at(phase, runner, 1);

        assertThat(takes(job("a", 1, wanted))).isEqualTo(taken);
    }

    @Test
    void whatAnotherGatewayHasIsTakenOnceItStandsStill() {
        Job job = job("a", 1, JobWish.RUN);
        at(JobPhase.SCANNING, OTHER, 1);

        assertThat(takes(job)).isFalse();
        nanos += JobQueue.STALE.toNanos();
        assertThat(takes(job)).isFalse();
        nanos++;
        assertThat(takes(job)).isTrue();
    }

    @Test
    void aHeartbeatKeepsIt() {
        Job job = job("a", 1, JobWish.RUN);
        for (long beat = 0; beat < 10; beat++) {
            at(JobPhase.SETTLING, OTHER, beat);
            assertThat(takes(job)).isFalse();
            nanos += JobQueue.HEARTBEAT.toNanos();
        }
    }

    @Test
    void aKindOfJobThatIsNotKnownHereIsLeftAlone() {
        Job unknown = job("a", 1, JobWish.RUN);
        unknown.setRerating(null);

        assertThat(takes(unknown)).isFalse();
        assertThat(takes(job("b", 1, JobWish.UNKNOWN))).isFalse();
    }

    private boolean takes(Job job) {
        return queue.next(List.of(job), progress::get, nanos).isPresent();
    }

    private void at(JobPhase phase, @Nullable String runner, long updatedAt) {
        progress.put(
                "a",
                JobProgress.newBuilder()
                        .setId("a")
                        .setRunner(runner)
                        .setPhase(phase)
                        .setStartedAt(0)
                        .setUpdatedAt(updatedAt)
                        .build());
    }

    private static Job job(String id, long createdAt, JobWish wanted) {
        return Job.newBuilder()
                .setId(id)
                .setWanted(wanted)
                .setRerating(Rerating.newBuilder().setFrom(0).setReason("test").build())
                .setVersion(1)
                .setCreatedAt(createdAt)
                .setUpdatedAt(createdAt)
                .build();
    }
}
