package io.tollgate.bench.single;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The answer that a connection waits for, as far as it has come: a 204, which ends where its head does. */
final class Answer {
    private static final byte[] EXPECTED = "HTTP/1.1 204".getBytes(StandardCharsets.US_ASCII);
    private static final int END_OF_HEAD = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    private final StringBuilder begun = new StringBuilder();

    /**
     * Takes what has come, and is then ready for the next.
     *
     * @return whether the answer is complete
     * @throws IOException if it is no 204
     */
    boolean take(ByteBuffer bytes) throws IOException {
        if (begun.isEmpty() && isWhole(bytes)) {
            return true;
        }
        begun.append(StandardCharsets.US_ASCII.decode(bytes));
        if (begun.indexOf("\r\n\r\n") < 0) {
            return false;
        }
        if (!begun.toString().startsWith("HTTP/1.1 204")) {
            throw new IOException("the server answered " + begun);
        }
        begun.setLength(0);
        return true;
    }

    /** As nearly always. */
    private static boolean isWhole(ByteBuffer bytes) {
        int length = bytes.remaining();
        return length > EXPECTED.length
                && bytes.getInt(length - Integer.BYTES) == END_OF_HEAD
                && bytes.slice(0, EXPECTED.length).equals(ByteBuffer.wrap(EXPECTED));
    }
}
