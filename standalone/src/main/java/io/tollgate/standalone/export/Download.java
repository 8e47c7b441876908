package io.tollgate.standalone.export;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import io.tollgate.standalone.client.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file from the usage-api. It grows in {@code FILE.part} and takes its name when it is known to be whole; beside it lies which
 * export it is of, so that it goes on with the same one or begins anew, and never mixes two.
 */
final class Download {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int BEYOND_THE_END = 416;
    private static final int BUSY = 429;
    private static final int NOT_NOW = 503;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final HttpApi api;
    private final String path;
    private final Path file;
    private final Path part;
    private final Path tagFile;
    private final Duration patience;
    private @Nullable String tag;
    private long giveUp;

    Download(HttpApi api, String path, Path file, Duration patience) {
        this.api = api;
        this.path = path;
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.tagFile = file.resolveSibling(file.getFileName() + ".part.etag");
        this.patience = patience;
    }

    /** The service said no. */
    static final class RefusedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        RefusedException(Answer answer) {
            super("status " + answer.status());
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    /** Nobody answers. */
    static final class NobodyThereException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    /**
     * Returns when the last byte is there.
     *
     * @param resume whether to go on with what is there from before
     */
    void run(boolean resume, Progress progress) throws IOException, InterruptedException {
        if (resume && Files.exists(part) && Files.exists(tagFile)) {
            tag = Files.readString(tagFile);
        } else {
            Files.deleteIfExists(part);
        }
        keepOn();
        boolean whole = false;
        while (!whole) {
            try {
                whole = attempt(progress);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (System.nanoTime() - giveUp > 0) {
                    throw e instanceof ConnectException ? new NobodyThereException() : e;
                }
                TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
            }
        }
    }

    /** Which export it is of. */
    String id() {
        return Objects.requireNonNull(tag).replace("\"", "");
    }

    /** Gives the file its name, if it is what the manifest says. */
    void finish(long size, String sha256) throws IOException {
        String found = sha256();
        if (Files.size(part) != size || !found.equals(sha256)) {
            throw new IOException(part + " is not what the manifest says: it has " + Files.size(part) + " bytes of "
                    + size + " and the SHA-256 " + found + " in place of " + sha256
                    + ". Ask for it again without --resume.");
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(tagFile);
    }

    private boolean attempt(Progress progress) throws IOException, InterruptedException {
        String known = tag;
        long from = known == null ? 0 : Files.size(part);
        HttpResponse<InputStream> response = known == null || from == 0
                ? api.open(path)
                : api.open(path, "Range", "bytes=" + from + "-", "If-Range", known);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == OK || status == PARTIAL) {
                tag = response.headers().firstValue("ETag").orElseThrow(() -> new IOException("no ETag"));
                Files.writeString(tagFile, tag);
                append(body, status == OK ? 0 : from, progress);
                return true;
            }
            if (status == BEYOND_THE_END) {
                return true;
            }
            Answer answer = Answer.of(response, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            boolean later = (status == BUSY || status == NOT_NOW) && System.nanoTime() - giveUp < 0;
            if (!later) {
                throw new RefusedException(answer);
            }
            Duration wait = answer.retryAfter();
            TimeUnit.NANOSECONDS.sleep((wait == null ? AGAIN : wait).toNanos());
            return false;
        }
    }

    private void append(InputStream body, long from, Progress progress) throws IOException {
        StandardOpenOption how = from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        long size = from;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[64 << 10];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
                keepOn();
                progress.at(size, String.format(Locale.ROOT, "%,d kB", size / 1_000));
            }
        }
    }

    private void keepOn() {
        giveUp = System.nanoTime() + patience.toNanos();
    }

    private String sha256() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream bytes = Files.newInputStream(part)) {
            byte[] buffer = new byte[64 << 10];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
