package io.tollgate.schemas.release;

import io.tollgate.schemas.serde.AvroGuards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Freezes the schemas of a release: a copy of each schema, a sample record in binary and what it reads as. Run once for a
 * release ({@code CONTRIBUTING.md} says how), committed, never changed again.
 */
final class Freeze {
    private Freeze() {}

    /** Arguments: the folder of the release to be, {@code src/test/resources/released/2} say. */
    public static void main(String[] arguments) throws IOException {
        AvroGuards.set();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (SpecificRecordBase sample : Samples.all()) {
            String name = sample.getSchema().getName();
            Files.writeString(
                    folder.resolve(name + ".avsc"), SchemaFormatter.format("json/pretty", sample.getSchema()) + "\n");
            Files.writeString(folder.resolve(name + ".hex"), HexFormat.of().formatHex(binary(sample)) + "\n");
            Files.writeString(folder.resolve(name + ".json"), sample + "\n");
        }
    }

    static byte[] binary(SpecificRecordBase record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
