package io.tollgate.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two listening sockets, opened before it starts: so a port that was free stays ours, and one that is busy
 * is named before anything else has happened. Further listeners, which only an override can ask for, are Kafka's to open.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {
    private final ServerSocketChannel clients;
    private final ServerSocketChannel quorum;

    private BoundSockets(ServerSocketChannel clients, ServerSocketChannel quorum) {
        this.clients = clients;
        this.quorum = quorum;
    }

    static BoundSockets open(int clientPort, int quorumPort) throws IOException {
        ServerSocketChannel clients = FreePorts.listen(clientPort);
        try {
            return new BoundSockets(clients, FreePorts.listen(quorumPort));
        } catch (IOException e) {
            clients.close();
            throw e;
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int quorumPort() {
        return quorum.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferSize) throws IOException {
        if (address.getPort() != clientPort() && address.getPort() != quorumPort()) {
            return ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, receiveBufferSize);
        }
        ServerSocketChannel channel = address.getPort() == clientPort() ? clients : quorum;
        channel.configureBlocking(false);
        return channel;
    }

    /** For a start that failed; a broker that runs closes them itself. */
    @Override
    public void close() {
        FreePorts.closeQuietly(clients);
        FreePorts.closeQuietly(quorum);
    }
}
