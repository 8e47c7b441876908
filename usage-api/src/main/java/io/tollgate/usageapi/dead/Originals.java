package io.tollgate.usageapi.dead;

import io.tollgate.avro.Submission;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.submission.SubmissionJson;
import io.tollgate.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The bytes of a dead letter's original, as a person can read them. */
@Component
final class Originals {
    private final AvroCodec<Submission> codec;

    Originals(SchemaIds ids) {
        codec = AvroCodec.reading(Topics.USAGE_EVENTS, ids);
    }

    /** The submission that they are; null where they are none, or can't be read now. */
    @Nullable
    JsonNode submission(byte[] original) {
        try {
            return SubmissionJson.of(codec.decode(original));
        } catch (UnreadableRecordException | RegistryException e) {
            return null;
        }
    }
}
