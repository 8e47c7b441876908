package io.tollgate.chaos.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The record of what was sent: a line for each try of each submission, with what was answered. */
final class Sent implements AutoCloseable {
    private final BufferedWriter out;

    Sent(Path file) throws IOException {
        this.out = Files.newBufferedWriter(file);
    }

    /** What became of a try. */
    enum Answer {
        ACKNOWLEDGED("true", ""),
        /** Maybe it is in, maybe not. */
        UNKNOWN("false", ""),
        REJECTED("false", ",\"rejected\":true");

        private final String acknowledged;
        private final String more;

        Answer(String acknowledged, String more) {
            this.acknowledged = acknowledged;
            this.more = more;
        }
    }

    synchronized void add(Submission submission, Answer answer) throws IOException {
        // None of it needs escaping.
        out.write("{\"company\":\"" + submission.company() + "\",\"source\":\"" + submission.source() + "\",\"id\":\""
                + submission.id() + "\",\"kind\":\"" + submission.kind().word() + "\",\"acknowledged\":"
                + answer.acknowledged + answer.more + "}\n");
    }

    /** So that it can be read. */
    synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
