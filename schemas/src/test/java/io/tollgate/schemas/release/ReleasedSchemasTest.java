package io.tollgate.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What any release wrote can be read by this build, and what this build writes can be read by any release
 * (FULL_TRANSITIVE), checked against copies that were frozen when they were released. Topics and stores keep records for
 * weeks and services are upgraded one by one: a failure here is a record that somebody can't read.
 */
class ReleasedSchemasTest {
    /** Schemas of this build, by the record's name. */
    private static final Map<String, Schema> CURRENT = Samples.all().stream()
            .map(SpecificRecordBase::getSchema)
            .collect(Collectors.toMap(Schema::getName, Function.identity()));

    @BeforeAll
    static void guard() {
        AvroGuards.set();
    }

    /** The frozen schemas of all releases, as paths such as {@code 1/Submission.avsc}. */
    static Stream<Path> released() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void thisBuildReadsWhatTheReleaseWrote(Path frozen) throws IOException {
        assertCompatible(current(frozen), schema(frozen));
    }

    @ParameterizedTest
    @MethodSource("released")
    void theReleaseReadsWhatThisBuildWrites(Path frozen) throws IOException {
        assertCompatible(schema(frozen), current(frozen));
    }

    @ParameterizedTest
    @MethodSource("released")
    void theFrozenRecordReadsAsItDidAndGoesBackUnchanged(Path frozen) throws IOException {
        byte[] sample = HexFormat.of().parseHex(beside(frozen, ".hex"));

        SpecificRecordBase record = new SpecificDatumReader<SpecificRecordBase>(schema(frozen), current(frozen))
                .read(null, DecoderFactory.get().binaryDecoder(sample, null));

        // In the eyes of the release: fields that it did not know are not in its words.
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(written, null);
        new SpecificDatumWriter<SpecificRecordBase>(current(frozen)).write(record, encoder);
        encoder.flush();
        GenericRecord then = new GenericDatumReader<GenericRecord>(current(frozen), schema(frozen))
                .read(null, DecoderFactory.get().binaryDecoder(written.toByteArray(), null));
        assertThat(then).hasToString(beside(frozen, ".json"));
    }

    @Test
    void everyRecordThatIsKeptIsFrozenInTheFirstRelease() {
        assertThat(Topics.ALL).allSatisfy(topic -> assertThat(CURRENT)
                .containsKey(topic.value().getName()));
        assertThat(CURRENT.keySet())
                .allSatisfy(name -> assertThat(folder().resolve("1").resolve(name + ".avsc"))
                        .exists());
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType())
                .describedAs(() -> result.getResult().getIncompatibilities().toString())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static Schema schema(Path frozen) throws IOException {
        return new Schema.Parser().parse(Files.readString(frozen));
    }

    private static Schema current(Path frozen) {
        return Objects.requireNonNull(CURRENT.get(name(frozen)), () -> "this build has no record " + name(frozen));
    }

    private static String name(Path frozen) {
        return String.valueOf(frozen.getFileName()).replace(".avsc", "");
    }

    private static String beside(Path frozen, String ending) throws IOException {
        return Files.readString(frozen.resolveSibling(name(frozen) + ending)).strip();
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
