package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports on 127.0.0.1. A port found free may be taken by someone else before it is used, so what can listen on an
 * open socket should take {@link #listen} and keep it.
 */
public final class FreePorts {
    private static final String LOOPBACK = "127.0.0.1";

    private FreePorts() {}

    public static int choose() {
        return choose(1).get(0);
    }

    /** Different ports, all free at this moment. */
    public static List<Integer> choose(int count) {
        List<ServerSocketChannel> open = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocketChannel channel = listen(0);
                open.add(channel);
                ports.add(channel.socket().getLocalPort());
            }
            return List.copyOf(ports);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        } finally {
            open.forEach(FreePorts::closeQuietly);
        }
    }

    /** Whether somebody listens on the port, or it can't be listened on for another reason. */
    public static boolean isBusy(int port) {
        try {
            listen(port).close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The port itself, or a free one where it is 0. */
    static int orFree(int port) {
        return port == 0 ? choose() : port;
    }

    /** An open listening socket; port 0 takes a free one. */
    static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("port " + port + " on " + LOOPBACK + " is busy: " + e.getMessage(), e);
        }
    }

    static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}
