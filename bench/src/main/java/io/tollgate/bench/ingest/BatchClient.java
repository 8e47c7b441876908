package io.tollgate.bench.ingest;

import io.tollgate.bench.http.Connection;
import io.tollgate.bench.load.UsageLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * One connection that posts requests which lie ready as bytes: on a machine of two cores a client that costs anything
 * would be measured with the gateway.
 */
final class BatchClient implements AutoCloseable {
    private static final int DISTINCT_BATCHES = 25;
    private static final int TAKEN = 204;

    private final Connection connection;
    private final int company;
    private final boolean isGzipped;
    private List<byte[]> requests = List.of();

    private BatchClient(Connection connection, int company, boolean isGzipped) {
        this.connection = connection;
        this.company = company;
        this.isGzipped = isGzipped;
    }

    static BatchClient connect(int port, int company, boolean isGzipped) throws IOException {
        return new BatchClient(new Connection(port), company, isGzipped);
    }

    /** Makes the round's requests. */
    void prepare(int round) throws IOException {
        UsageLoad load = new UsageLoad(1 + round * GatewayMeasure.CONNECTIONS + company, Instant.now());
        List<byte[]> fresh = new ArrayList<>();
        for (int i = 0; i < DISTINCT_BATCHES; i++) {
            fresh.add(request(load));
        }
        requests = fresh;
    }

    private byte[] request(UsageLoad load) throws IOException {
        StringBuilder body = new StringBuilder(64 << 10).append('[');
        for (int i = 0; i < GatewayMeasure.EVENTS_PER_BATCH; i++) {
            if (i > 0) {
                body.append(',');
            }
            load.next(company).appendJson(body);
        }
        body.append(']');
        byte[] plain = body.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] sent = isGzipped ? gzip(plain) : plain;
        String head =
                "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + UsageLoad.secret(company)
                        + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: " + sent.length
                        + (isGzipped ? "\r\nContent-Encoding: gzip" : "") + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(sent);
        return request.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    /** Posts so many batches, each after the answer to the last. */
    void post(int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            int status = connection.exchange(requests.get(i % requests.size()));
            if (status != TAKEN) {
                throw new IOException("the gateway answered " + status);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
