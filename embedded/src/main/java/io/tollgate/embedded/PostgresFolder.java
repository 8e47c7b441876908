package io.tollgate.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What a PostgreSQL keeps on disk: the cluster in {@code data}, its password (mode 600) and its log. Password first,
 * then the cluster by one rename: a start that was killed in between is simply begun again.
 */
record PostgresFolder(Path root) {
    static final String SUPERUSER = "postgres";

    /** So that one can search for it where it must not be. */
    private static final String PREFIX = "tgp_";

    private static final long LOG_LIMIT_BYTES = 8L << 20;

    static PostgresFolder of(Path root) throws IOException {
        return new PostgresFolder(Files.createDirectories(root).toRealPath());
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    private Path passwordFile() {
        return root.resolve("password");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    void initializeOnce(Path binaries, PostgresAccount account) throws IOException {
        if (Files.isDirectory(data())) {
            if (!Files.isRegularFile(passwordFile())) {
                throw new IOException("the password of " + data() + " is missing: it was in " + passwordFile());
            }
            account.own(root);
            return;
        }
        keepPassword();
        Path fresh = root.resolve("data.new");
        Folders.delete(fresh);
        account.own(root);
        Command initdb = Command.run(account.command(List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Its own collation: the order of an index never depends on the machine's C library.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C")));
        if (initdb.exitCode() != 0) {
            throw new IOException("initdb failed:\n" + initdb.output());
        }
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void keepPassword() throws IOException {
        if (Files.isRegularFile(passwordFile()) && Files.size(passwordFile()) > 0) {
            return;
        }
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                passwordFile(),
                (PREFIX + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
    }

    void turnLogOver() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT_BYTES) {
            Files.move(log(), root.resolve("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The end of the log, for a message about a start that failed. */
    String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
