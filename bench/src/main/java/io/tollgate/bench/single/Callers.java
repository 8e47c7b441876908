package io.tollgate.bench.single;

import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many connections, one request at a time on each, all served by the calling thread. Requests lie ready in memory that the
 * socket takes as it is, and of an answer only its status and its end are looked at: on a machine of two cores a client
 * that costs anything would be measured with the server.
 */
final class Callers implements AutoCloseable {
    static final int CONNECTIONS = 256;
    static final int COMPANIES = UsageLoad.COMPANIES;

    private static final int DISTINCT = 20_000;
    private static final int LONGEST_ANSWER = 4 << 10;
    private static final long PATIENCE_MS = 15_000;

    private final int port;
    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(LONGEST_ANSWER);
    private List<ByteBuffer> requests = List.of();
    private int sent;
    private int answered;
    private int wanted;

    private Callers(int port, Selector selector) {
        this.port = port;
        this.selector = selector;
    }

    static Callers to(int port) throws IOException {
        return new Callers(port, Selector.open());
    }

    /** Makes the round's requests, each of an event that no other round has, and opens the connections. */
    void prepare(int round) throws IOException {
        UsageLoad load = new UsageLoad(1 + round, Instant.now());
        List<ByteBuffer> fresh = new ArrayList<>(DISTINCT);
        for (int i = 0; i < DISTINCT; i++) {
            int company = i % COMPANIES;
            byte[] request = request(company, load.next(company));
            fresh.add(ByteBuffer.allocateDirect(request.length).put(request).flip());
        }
        requests = fresh;
        connect();
    }

    /** Anew for each round: between two of them a server may have closed what was idle. */
    private void connect() throws IOException {
        disconnect();
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channels.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Answer());
        }
    }

    private void disconnect() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    private static byte[] request(int company, UsageEvent event) {
        StringBuilder body = new StringBuilder(1 << 10);
        event.appendJson(body);
        // ASCII throughout, so characters are bytes.
        String head = "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + UsageLoad.secret(company) + "\r\nContent-Type: application/cloudevents+json\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends so many requests, the next one of a connection when the last has been answered.
     *
     * @return nanoseconds from the first request to the last answer
     * @throws IOException if an answer is another than 204, or none comes for long
     */
    long call(int count) throws IOException {
        sent = 0;
        answered = 0;
        wanted = count;
        long start = System.nanoTime();
        for (SocketChannel channel : channels) {
            sendNext(channel);
        }
        while (answered < wanted) {
            if (selector.select(this::read, PATIENCE_MS) == 0) {
                throw new IOException((sent - answered) + " requests had no answer for "
                        + TimeUnit.MILLISECONDS.toSeconds(PATIENCE_MS) + " s");
            }
        }
        return System.nanoTime() - start;
    }

    private void read(SelectionKey key) {
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            Answer answer = (Answer) key.attachment();
            incoming.clear();
            if (channel.read(incoming) < 0) {
                throw new IOException("the server hung up");
            }
            if (answer.take(incoming.flip())) {
                answered++;
                sendNext(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendNext(SocketChannel channel) throws IOException {
        if (sent == wanted) {
            return;
        }
        ByteBuffer request = requests.get(sent++ % DISTINCT).duplicate();
        while (request.hasRemaining()) {
            // A request is far smaller than what the socket takes at once.
            int unused = channel.write(request);
        }
    }

    @Override
    public void close() throws IOException {
        disconnect();
        selector.close();
    }
}
