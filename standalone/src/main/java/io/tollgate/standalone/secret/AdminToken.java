package io.tollgate.standalone.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token of the admin API.
 *
 * @param origin where a person finds it; safe to print
 */
public record AdminToken(String value, String origin) {
    public static final String VARIABLE = "TOLLGATE_ADMIN_TOKEN";
    /** Its file in the data folder. */
    public static final String FILE = "admin-token";

    private static final int RANDOM_BYTES = 32;

    /** From the environment; else from the file, which is made where there is none. */
    public static AdminToken find(Map<String, String> environment, Path file) {
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

    /** From the environment; else from the file; null where it is in neither. */
    public static @Nullable String known(Map<String, String> environment, Path file) throws IOException {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        if (!given.isEmpty()) {
            return given;
        }
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        return kept.isEmpty() ? null : kept;
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
