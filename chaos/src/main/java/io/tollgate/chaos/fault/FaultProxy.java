package io.tollgate.chaos.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and a server on 127.0.0.1 and hands on what they say, as long as its network is well. Threads and
 * blocking sockets: there are some dozen connections.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long LOOK_MILLIS = 20;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.CLEAR;
    private volatile boolean closed;

    private FaultProxy(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
    }

    /** What the network is like. */
    public enum Weather {
        CLEAR,
        /** Everything comes late by 200 ms or so. */
        SLOW,
        /** Connections are reset, and new ones too. */
        CUT,
        /** The server's side of each connection is closed, as if it had no more to say; the client's stays open. */
        HALF_CLOSED,
        /** Connections stay and can be made; nothing comes through. */
        BLACK_HOLE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Listens on a port of its own choice. */
    public static FaultProxy to(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        FaultProxy proxy = new FaultProxy(new ServerSocket(0, 0, loopback), new InetSocketAddress(loopback, port));
        daemon(proxy::accept);
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on, for connections that are there as well. */
    public void turn(Weather now) {
        weather = now;
        for (Link link : links) {
            if (now == Weather.CUT) {
                link.reset();
            } else if (now == Weather.HALF_CLOSED) {
                link.halfClose();
            }
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                daemon(() -> connect(client));
            } catch (IOException e) {
                // Closed, or one connection less.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        Link link = new Link(client, server);
        links.add(link);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (weather == Weather.CUT) {
                link.reset();
                return;
            }
            server.connect(target);
            daemon(() -> link.pump(server, client));
            link.pump(client, server);
        } catch (IOException e) {
            link.reset();
        }
    }

    /** Waits while nothing comes through. */
    private void hold() throws InterruptedException {
        if (weather == Weather.SLOW) {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(200).toMillis());
        }
        while (weather == Weather.BLACK_HOLE && !closed) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fault proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // Nobody can come in any more either way.
        }
        links.forEach(Link::reset);
    }

    /** A connection and its other half. */
    private final class Link {
        private final Socket client;
        private final Socket server;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Until that side has no more to say. */
        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hold();
                    out.write(buffer, 0, read);
                }
                to.shutdownOutput();
                if (from.isOutputShutdown()) {
                    reset();
                }
            } catch (IOException | InterruptedException e) {
                reset();
            }
        }

        private void halfClose() {
            try {
                client.shutdownOutput();
            } catch (IOException e) {
                // It is closed altogether.
            }
        }

        private void reset() {
            links.remove(this);
            close(client);
            close(server);
        }

        private void close(Socket socket) {
            try {
                // No time to say goodbye: a reset.
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It is closed.
            }
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed now.
            }
        }
    }
}
