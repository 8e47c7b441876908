package io.tollgate.gateway.rerating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.gateway.GatewayStack;
import io.tollgate.gateway.rerating.JobWriter.Message;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWriterIT {
    private static final String JOB = "of-no-gateway";

    @Test
    void whoTakesAJobFencesWhoHadItAndWhatIsWrittenIsWrittenWhole(@TempDir Path folder) {
        try (GatewayStack stack = GatewayStack.start(folder)) {
            Codecs codecs = Codecs.settle(new SchemaRegistry(stack.registry()));
            try (JobWriter first = new JobWriter(KafkaCluster.at(stack.kafka()), codecs, JOB);
                    JobWriter second = new JobWriter(KafkaCluster.at(stack.kafka()), codecs, JOB)) {
                first.claim();
                JobProgress written = progress("first");
                first.write(written, List.of(message("req-1"), message("req-2")));
                second.claim();

                assertThatThrownBy(() -> first.write(progress("first"), List.of(message("req-3"))))
                        .isInstanceOf(KafkaException.class);
                second.write(progress("second"), List.of());

                assertThat(stack.stored(Rows.COMPANY))
                        .extracting(Submission::getId)
                        .containsOnly("req-1", "req-2");
                assertThat(stack.read(Topics.JOBS_PROGRESS))
                        .extracting(record -> codecs.jobsProgress().decode(record.value()))
                        .extracting(JobProgress::getRunner)
                        .containsExactly("first", "second");
                assertThat(written.getPartitions().stream()
                                .mapToLong(PartitionProgress::getSentTo)
                                .sum())
                        .isEqualTo(2);
            }
        }
    }

    private static Message message(String id) {
        Submission submission = Submission.newBuilder()
                .setCompany(Rows.COMPANY)
                .setKind(SubmissionKind.RERATE)
                .setSource("it")
                .setId(id)
                .setReceivedAt(0)
                .build();
        return new Message(EventHash.of(Rows.COMPANY, "it", id), submission);
    }

    private static JobProgress progress(String runner) {
        return JobProgress.newBuilder()
                .setId(JOB)
                .setRunner(runner)
                .setPhase(JobPhase.SCANNING)
                .setPartitions(IntStream.range(0, 3)
                        .mapToObj(partition -> new PartitionProgress(partition, 0L, 0L, 9L, 0L))
                        .toList())
                .setStartedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
