package io.tollgate.embedded;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.embedded.registry.RegistryHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Tollgate's own small schema registry, in this process. It speaks the part of Confluent's interface that serializers
 * use, at the path where Apicurio serves it, so that the one URL setting is all that differs in production. It is no
 * replacement for a real registry: Avro only, no references, no deletion, no access control, one node.
 *
 * <p>An id that was answered stays with its schema for ever, through restarts and {@code kill -9}. A schema that breaks
 * readers or writers of an earlier version of its subject is refused ({@code FULL_TRANSITIVE} unless configured).
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final String ROOT = "/apis/ccompat/v7";
    private static final int THREADS = 4;

    private final SingleInstanceLock lock;
    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryHandler registry;

    private EmbeddedRegistry(
            SingleInstanceLock lock, HttpServer server, ExecutorService threads, RegistryHandler registry) {
        this.lock = lock;
        this.server = server;
        this.threads = threads;
        this.registry = registry;
    }

    /** On a free port. */
    public static EmbeddedRegistry start(Path folder) {
        return start(folder, 0);
    }

    /** On a port of 127.0.0.1; 0 takes a free one. The folder is made where it isn't yet. */
    public static EmbeddedRegistry start(Path folder, int port) {
        SingleInstanceLock lock = SingleInstanceLock.acquire(folder);
        try {
            RegistryHandler registry = RegistryHandler.open(folder, ROOT);
            try {
                return serve(lock, registry, port);
            } catch (IOException e) {
                registry.close();
                throw e;
            }
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedServerException("the registry did not start on port " + port + " in " + folder, e);
        }
    }

    private static EmbeddedRegistry serve(SingleInstanceLock lock, RegistryHandler registry, int port)
            throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, EmbeddedRegistry::daemon);
        server.setExecutor(threads);
        server.createContext(ROOT, registry);
        server.start();
        return new EmbeddedRegistry(lock, server, threads, registry);
    }

    /** Where clients point: {@code http://127.0.0.1:port/apis/ccompat/v7}. */
    public String url() {
        return "http://127.0.0.1:" + port() + ROOT;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            registry.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("the registry's journal could not be closed", e);
        } finally {
            lock.close();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "embedded-registry");
        thread.setDaemon(true);
        return thread;
    }
}
