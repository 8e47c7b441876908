package io.tollgate.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once from the archive on the classpath. The folder is named after the archive's hash
 * and appears by one rename, so starts at the same moment don't meet half a server.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The user's cache, shared by all data folders. */
    static Path userCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return cache.resolve("tollgate");
    }

    /** The folder that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpackOnce(Path cache) throws IOException {
        String archive = archiveOfThisMachine();
        Path home = cache.resolve("postgres-" + hashOf(archive));
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "unpacking-");
        try {
            try (InputStream in = new XZCompressorInputStream(open(archive))) {
                TarFiles.unpack(in, fresh);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another start was faster; its copy is the same.
            Folders.delete(fresh);
        } catch (IOException e) {
            Folders.delete(fresh);
            throw e;
        }
        return home;
    }

    private static String archiveOfThisMachine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String architecture = machine.equals("aarch64") || machine.equals("arm64") ? "arm_64" : "x86_64";
        return "/postgres-" + system + "-" + architecture + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new EmbeddedServerException("no PostgreSQL binaries for this machine on the classpath (" + archive
                    + "): build on this machine, or use a PostgreSQL of your own");
        }
        return new BufferedInputStream(in);
    }

    private static String hashOf(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
