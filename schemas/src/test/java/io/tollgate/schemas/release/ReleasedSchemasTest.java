package io.tollgate.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What any release wrote can be read by this build, and what this build writes can be read by any release
 * (FULL_TRANSITIVE), checked against copies that were frozen when they were released. Topics keep records for weeks and
 * services are upgraded one by one: a failure here is a record that somebody can't read.
 */
class ReleasedSchemasTest {

    record Released(String release, Topic topic, Schema schema, String sampleHex, String reading) {
        @Override
        public String toString() {
            return release + " " + topic.name();
        }
    }

    static Stream<Released> released() throws IOException {
        try (Stream<Path> releases = Files.list(folder())) {
            List<Path> folders = releases.sorted().toList();
            return folders.stream().flatMap(release -> Topics.ALL.stream().map(topic -> read(release, topic)));
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void thisBuildReadsWhatTheReleaseWrote(Released released) {
        assertCompatible(released.topic().value(), released.schema());
    }

    @ParameterizedTest
    @MethodSource("released")
    void theReleaseReadsWhatThisBuildWrites(Released released) {
        assertCompatible(released.schema(), released.topic().value());
    }

    @ParameterizedTest
    @MethodSource("released")
    void theFrozenRecordReadsAsItDid(Released released) {
        FixedSchemaIds ids = new FixedSchemaIds();
        AvroCodec<SpecificRecord> codec = AvroCodec.of(released.topic(), ids);
        byte[] sample = HexFormat.of().parseHex(released.sampleHex());
        byte[] wire = ByteBuffer.allocate(5 + sample.length)
                .put((byte) 0)
                .putInt(ids.idFor("frozen", released.schema()))
                .put(sample)
                .array();

        assertThat(codec.decode(wire)).hasToString(released.reading());
    }

    @Test
    void everyTopicsRecordIsFrozenInTheFirstRelease() {
        assertThat(Topics.ALL).allSatisfy(topic -> assertThat(
                        folder().resolve("1").resolve(topic.value().getName() + ".avsc"))
                .exists());
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType())
                .describedAs(() -> result.getResult().getIncompatibilities().toString())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static Released read(Path release, Topic topic) {
        String name = topic.value().getName();
        try {
            return new Released(
                    String.valueOf(release.getFileName()),
                    topic,
                    new Schema.Parser().parse(Files.readString(release.resolve(name + ".avsc"))),
                    Files.readString(release.resolve(name + ".hex")).strip(),
                    Files.readString(release.resolve(name + ".json")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(ReleasedSchemasTest.class.getResource("/released"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
