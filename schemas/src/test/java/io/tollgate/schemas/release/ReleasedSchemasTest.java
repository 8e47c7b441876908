package io.tollgate.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
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

    /** As services read: the generated coders take other ways than Avro's own reader where a field is new or gone. */
    @ParameterizedTest
    @MethodSource("released")
    void theGeneratedCodersReadTheFrozenRecordAlike(Path frozen) throws IOException {
        byte[] sample = HexFormat.of().parseHex(beside(frozen, ".hex"));

        SpecificRecordBase one = read(frozen, sample, false);
        SpecificRecordBase other = read(frozen, sample, true);

        assertThat(other).isEqualTo(one);
        assertThat(other).hasToString(one.toString());
    }

    @Test
    void everyRecordThatIsKeptIsFrozenInARelease() throws IOException {
        assertThat(Topics.ALL).allSatisfy(topic -> assertThat(CURRENT)
                .containsKey(topic.value().getName()));
        assertThat(released().map(ReleasedSchemasTest::name).collect(Collectors.toSet()))
                .containsAll(CURRENT.keySet());
    }

    @Test
    void everySchemaFileIsPartOfAFrozenRecord() throws IOException {
        Set<String> frozen = new HashSet<>();
        for (Path release : released().toList()) {
            addNames(schema(release), frozen);
        }
        try (Stream<Path> files = Files.list(Path.of("src", "main", "avro"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(frozen)
                    .as("%s is frozen as a record of Samples, or within one", file)
                    .contains(typeOf(file)));
        }
    }

    static Stream<SpecificRecordBase> samples() {
        return Samples.all().stream();
    }

    /** A field that is null in the frozen record is one of which nobody knows whether it is still read. */
    @ParameterizedTest
    @MethodSource("samples")
    void aSampleLeavesNothingOut(SpecificRecordBase sample) {
        assertFull(sample.getSchema().getName(), sample);
    }

    private static void assertFull(String where, @Nullable Object value) {
        assertThat(value).as(where).isNotNull();
        // A decimal has one of two forms; QuotaReset's sample has the larger.
        if (value instanceof SpecificRecordBase record && !(value instanceof ExactDecimal)) {
            record.getSchema()
                    .getFields()
                    .forEach(field -> assertFull(where + "." + field.name(), record.get(field.pos())));
        } else if (value instanceof Map<?, ?> map) {
            assertThat(map).as(where).isNotEmpty();
        } else if (value instanceof Collection<?> list) {
            assertThat(list).as(where).isNotEmpty();
            list.forEach(each -> assertFull(where, each));
        }
    }

    private static SpecificRecordBase read(Path frozen, byte[] sample, boolean generatedCoders) throws IOException {
        SpecificDatumReader<SpecificRecordBase> reader = new SpecificDatumReader<>(schema(frozen), current(frozen));
        SpecificData data = reader.getSpecificData();
        boolean before = data.useCustomCoders();
        data.setCustomCoders(generatedCoders);
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(sample, null));
        } finally {
            data.setCustomCoders(before);
        }
    }

    private static void addNames(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getName())) {
                    schema.getFields().forEach(field -> addNames(field.schema(), names));
                }
            }
            case ENUM -> names.add(schema.getName());
            case ARRAY -> addNames(schema.getElementType(), names);
            case MAP -> addNames(schema.getValueType(), names);
            case UNION -> schema.getTypes().forEach(type -> addNames(type, names));
            default -> {}
        }
    }

    /** The type that a file is about: its first name. It may use those of other files, so it is not parsed by itself. */
    private static String typeOf(Path file) {
        try {
            Matcher name = Pattern.compile("\"name\"\\s*:\\s*\"(\\w+)\"").matcher(Files.readString(file));
            assertThat(name.find()).as("%s names its type", file).isTrue();
            return name.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
