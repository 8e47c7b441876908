package io.tollgate.bench.reaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many subscribers on one thread, each with a connection of its own. It only looks for users' names in what comes, so that
 * the readers take little of the machine that they share with what is measured.
 */
final class LiveReaders implements AutoCloseable {
    private static final int DIGITS = 6;

    private final String run = "live" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "live readers");
    private final AtomicLong seen = new AtomicLong();
    /** By subscriber and event, {@link System#nanoTime}. */
    private final long[][] seenAt;

    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);

    /** A subscriber, and what of the text may be the beginning of a name. */
    private static final class Reader {
        private final int number;
        private String rest = "";

        Reader(int number) {
            this.number = number;
        }
    }

    private LiveReaders(int subscribers, int events) throws IOException {
        seenAt = new long[subscribers][events];
    }

    static LiveReaders open(URI usageApi, String token, String company, int subscribers, int events)
            throws IOException, InterruptedException {
        LiveReaders readers = new LiveReaders(subscribers, events);
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getAllByName(usageApi.getHost())[0], usageApi.getPort());
        byte[] request = ("GET /v1/live?company=" + company + " HTTP/1.1\r\nHost: " + usageApi.getAuthority()
                        + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        for (int i = 0; i < subscribers; i++) {
            SocketChannel channel = SocketChannel.open(address);
            readers.channels.add(channel);
            channel.write(ByteBuffer.wrap(request));
            readers.awaitPlace(channel);
            channel.configureBlocking(false);
            channel.register(readers.selector, SelectionKey.OP_READ, new Reader(i));
        }
        readers.thread.setDaemon(true);
        readers.thread.start();
        return readers;
    }

    static String user(String run, int event) {
        return run + "%06d".formatted(event);
    }

    String run() {
        return run;
    }

    long seen() {
        return seen.get();
    }

    /** Of each event at each subscriber, from its acknowledgement. */
    long[] delays(long[] acknowledged) {
        long[] delays = new long[seenAt.length * acknowledged.length];
        int i = 0;
        for (long[] ofReader : seenAt) {
            for (int event = 0; event < acknowledged.length; event++) {
                delays[i++] = Math.max(0, ofReader[event] - acknowledged[event]);
            }
        }
        return delays;
    }

    private void awaitPlace(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\nid: ") < 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("a stream was not opened: " + text);
            }
            text.append(new String(buffer.array(), 0, buffer.position(), ISO_8859_1));
        }
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                int ready = selector.select();
                if (ready > 0) {
                    for (SelectionKey one : selector.selectedKeys()) {
                        read((SocketChannel) one.channel(), (Reader) one.attachment());
                    }
                    selector.selectedKeys().clear();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            // Closed; or what is missing is noticed by who counts.
        }
    }

    private void read(SocketChannel channel, Reader reader) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("a stream was ended");
        }
        long now = System.nanoTime();
        String text = reader.rest + new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
        int from = 0;
        int length = run.length() + DIGITS;
        for (int at = text.indexOf(run); at >= 0 && at + length <= text.length(); at = text.indexOf(run, from)) {
            seenAt[reader.number][Integer.parseInt(text.substring(at + run.length(), at + length))] = now;
            seen.incrementAndGet();
            from = at + length;
        }
        reader.rest = text.substring(Math.max(from, text.length() - length + 1));
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
