package io.tollgate.sink.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL that lies beside the migrations. */
final class Scripts {
    private Scripts() {}

    /** @throws SchemaException if there is none of that name */
    static String read(String path) {
        try (InputStream script = Scripts.class.getClassLoader().getResourceAsStream(path)) {
            if (script == null) {
                throw new SchemaException("this program has no " + path);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
