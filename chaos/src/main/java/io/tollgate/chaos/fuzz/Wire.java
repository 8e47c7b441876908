package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Reply.Kind;
import io.tollgate.chaos.fuzz.input.HttpInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of one service that sends whatever bytes it is given, and keeps the connection for as long as both sides may by
 * HTTP's rules. Not to be used by several threads.
 */
final class Wire implements AutoCloseable {
    private static final int OWED_MILLIS = 30_000;
    /** Who is owed nothing need not wait for it. */
    private static final int UNOWED_MILLIS = 150;

    private static final int MOST_BODY = 8 << 20;
    private static final int EXCERPT = 300;

    private final InetSocketAddress address;
    private final ScheduledExecutorService deadlines;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /** @param deadlines ends connections on which nothing goes on, also while they are written to */
    Wire(URI service, ScheduledExecutorService deadlines) {
        this.address = new InetSocketAddress(service.getHost(), service.getPort());
        this.deadlines = deadlines;
    }

    Reply send(HttpInput input) {
        boolean isOld = socket != null;
        Reply reply = attempt(input);
        if (reply.kind() == Kind.CLOSED && isOld) {
            // A server may end a connection between two requests at any time.
            reply = attempt(input);
        }
        if (!input.owed() || reply.kind() != Kind.ANSWERED) {
            close();
        }
        return reply;
    }

    private Reply attempt(HttpInput input) {
        Future<?> deadline = null;
        try {
            Socket open = open();
            InputStream from = in == null ? open.getInputStream() : in;
            open.setSoTimeout(input.owed() ? OWED_MILLIS : UNOWED_MILLIS);
            deadline = deadlines.schedule(() -> end(open), OWED_MILLIS, TimeUnit.MILLISECONDS);
            String failure = write(open, input);
            try {
                return read(from, input.bodiless());
            } catch (EOFException e) {
                close();
                return new Reply(Kind.CLOSED, 0, "closed; " + failure);
            }
        } catch (SocketTimeoutException e) {
            close();
            return new Reply(Kind.SILENT, 0, "no answer");
        } catch (IOException e) {
            boolean isLate = deadline != null && deadline.isDone();
            close();
            return new Reply(isLate ? Kind.SILENT : Kind.CLOSED, 0, e.toString());
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    /** What went wrong: there may be an answer all the same. */
    private static String write(Socket socket, HttpInput input) {
        try {
            socket.getOutputStream().write(input.bytes());
            if (!input.owed()) {
                socket.shutdownOutput();
            }
            return "all was sent";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket();
            open.setTcpNoDelay(true);
            open.connect(address, OWED_MILLIS);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
        }
        return open;
    }

    private Reply read(InputStream from, boolean bodiless) throws IOException {
        String line = line(from);
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || words[1].length() != 3) {
            return Reply.answered(0, "no status line: " + line);
        }
        int status = Integer.parseInt(words[1]);
        Map<String, String> headers = headers(from);
        if (status < 200) {
            return read(from, bodiless);
        }
        byte[] body = {};
        boolean ends = "close".equalsIgnoreCase(headers.get("connection"));
        if (!bodiless && status != 204 && status != 304) {
            String length = headers.get("content-length");
            if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
                ends = true;
            } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
                body = chunks(from);
            } else if (length != null) {
                body = exactly(from, Long.parseLong(length));
            } else {
                ends = true;
            }
        }
        if (ends || body.length >= MOST_BODY) {
            close();
        }
        return Reply.answered(status, new String(body, 0, Math.min(body.length, EXCERPT), StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(InputStream from) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(from); !line.isEmpty(); line = line(from)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** The beginning of it; all of it is read, or it is longer than anybody needs. */
    private static byte[] chunks(InputStream from) throws IOException {
        byte[] first = {};
        long total = 0;
        while (total < MOST_BODY) {
            long length = Long.parseLong(line(from).split(";", 2)[0].strip(), 16);
            byte[] chunk = exactly(from, length);
            first = first.length == 0 ? chunk : first;
            String end = line(from);
            if (length == 0 || !end.isEmpty()) {
                return first;
            }
            total += length;
        }
        return new byte[MOST_BODY];
    }

    private static byte[] exactly(InputStream from, long length) throws IOException {
        int wanted = (int) Math.min(length, MOST_BODY);
        byte[] bytes = from.readNBytes(wanted);
        if (bytes.length < wanted) {
            throw new IOException("the body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // As good as closed.
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            end(open);
        }
    }
}
