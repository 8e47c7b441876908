package io.tollgate.sink;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives webhooks at the bytes of HTTP, so that it can also fail, hang and lie. What it does is told by the path. */
final class LocalReceiver implements AutoCloseable {

    /** A request that was read to its end. */
    record Request(String path, Map<String, String> headers, String body, long nanos) {
        String id() {
            return header("webhook-id");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What is done about the n-th request of a path, from 1 on, after which the connection is closed. */
    @FunctionalInterface
    interface Behaviour {
        void answer(int number, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    LocalReceiver() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connections.execute(this::accept);
    }

    /** The URL of a path that behaves so. */
    String at(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** A whole answer without a body. */
    static Behaviour status(String statusLine, String... headers) {
        return (number, out) -> write(out, "HTTP/1.1 " + statusLine + "\r\n", headers);
    }

    private static void write(OutputStream out, String statusLine, String... headers) throws IOException {
        StringBuilder answer = new StringBuilder(statusLine);
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        answer.append("Content-Length: 0\r\n\r\n");
        raw(out, answer.toString());
    }

    static void raw(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Requests of a path in the order in which they came. */
    List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Request request = read(new BufferedInputStream(connection.getInputStream()));
            int number;
            synchronized (requests) {
                requests.add(request);
                number = requests(request.path()).size();
            }
            behaviours
                    .getOrDefault(request.path(), status("404 Not Found"))
                    .answer(number, connection.getOutputStream());
        } catch (IOException e) {
            // The caller has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(": ", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(
                head.get(0).split(" ", 3)[1], headers, new String(body, StandardCharsets.UTF_8), System.nanoTime());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("ended in the middle of a line");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }
}
