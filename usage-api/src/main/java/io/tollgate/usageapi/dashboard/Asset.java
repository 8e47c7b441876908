package io.tollgate.usageapi.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/**
 * A file as it is sent.
 *
 * @param zipped the same by gzip
 * @param etag of the content, in quotes
 */
@SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
record Asset(MediaType type, byte[] content, byte[] zipped, String etag) {

    static Asset of(MediaType type, byte[] content) {
        return new Asset(type, content, zip(content), '"' + hash(content) + '"');
    }

    /** Enough of a SHA-256 to tell one content from another. */
    static String hash(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] zip(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return zipped.toByteArray();
    }
}
