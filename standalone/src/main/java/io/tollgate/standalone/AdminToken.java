package io.tollgate.standalone;

import io.tollgate.standalone.secret.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The token of the admin API.
 *
 * @param origin where a person finds it; safe to print
 */
record AdminToken(String value, String origin) {
    static final String VARIABLE = "TOLLGATE_ADMIN_TOKEN";
    private static final int RANDOM_BYTES = 24;

    /** From the environment; else from the file, which is made where there is none. */
    static AdminToken find(Map<String, String> environment, Path file) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        if (!given.isEmpty()) {
            return new AdminToken(given, "$" + VARIABLE);
        }
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (kept.isEmpty()) {
                kept = random();
                OwnerOnlyFile.write(file, kept + "\n");
            }
            return new AdminToken(kept, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the admin token could not be kept in " + file, e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "tga_" + HexFormat.of().formatHex(bytes);
    }

    /** Without the token: a record that is logged by accident must not give it away. */
    @Override
    public String toString() {
        return "AdminToken[" + origin + "]";
    }
}
