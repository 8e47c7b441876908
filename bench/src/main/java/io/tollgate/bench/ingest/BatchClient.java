package io.tollgate.bench.ingest;

import io.tollgate.bench.load.UsageLoad;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection that posts requests which lie ready as bytes: on a machine of two cores a client that costs anything
 * would be measured with the gateway.
 */
final class BatchClient implements AutoCloseable {
    private static final int DISTINCT_BATCHES = 25;
    private static final int TIMEOUT_MS = 15_000;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int company;
    private final String secret;
    private List<byte[]> requests = List.of();

    private BatchClient(Socket socket, int company, String secret) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.company = company;
        this.secret = secret;
    }

    static BatchClient connect(int port, int company, String secret) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        return new BatchClient(socket, company, secret);
    }

    /** Makes the round's requests. */
    void prepare(int round) {
        UsageLoad load = new UsageLoad(1 + round * GatewayMeasure.CONNECTIONS + company, Instant.now());
        List<byte[]> fresh = new ArrayList<>();
        for (int i = 0; i < DISTINCT_BATCHES; i++) {
            fresh.add(request(load));
        }
        requests = fresh;
    }

    private byte[] request(UsageLoad load) {
        StringBuilder body = new StringBuilder(64 << 10).append('[');
        for (int i = 0; i < GatewayMeasure.EVENTS_PER_BATCH; i++) {
            if (i > 0) {
                body.append(',');
            }
            load.next(company).appendJson(body);
        }
        body.append(']');
        // ASCII throughout, so characters are bytes.
        String head = "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + secret
                + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Posts so many batches, each after the answer to the last. */
    void post(int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            out.write(requests.get(i % requests.size()));
            String head = readHead();
            if (!head.startsWith("HTTP/1.1 204")) {
                throw new IOException("the gateway answered " + head);
            }
        }
    }

    /** All of a 204's answer: it has no body. */
    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder(256);
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the gateway hung up after: " + head);
            }
            head.append((char) next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
