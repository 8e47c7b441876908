package io.tollgate.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Answers the commands what a test wants, in that order, and keeps what they asked. */
final class FakeGateway implements AutoCloseable {
    private final HttpServer server;
    private final Path folder;
    private final List<String> asked = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();

    private record Answer(int status, String body, @Nullable String retryAfter) {}

    record Said(int code, String out, String err) {}

    /** @param folder gets the file that the commands find their token in */
    FakeGateway(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("admin-token"), "the-token\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Method, path, header Authorization and body of each call, then the conditions put on it. */
    List<String> asked() {
        return asked;
    }

    void answer(int status, String body) {
        answers.add(new Answer(status, body, null));
    }

    /** Not now, and when again: at once. */
    void answerNotNow(int status) {
        answers.add(new Answer(status, "{\"detail\":\"not now\"}", "0"));
    }

    /** A command against this gateway. */
    Said run(String... arguments) {
        return run("--url", arguments);
    }

    /** A command that takes it for the usage-api. */
    Said runUsage(String... arguments) {
        return run("--usage-url", arguments);
    }

    private Said run(String option, String[] arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(option, "http://127.0.0.1:" + server.getAddress().getPort(), "--data", folder.toString()));
        return execute(all.toArray(String[]::new));
    }

    static Said execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tollgate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder call = new StringBuilder(exchange.getRequestMethod() + " "
                + exchange.getRequestURI().toASCIIString() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        for (String condition : List.of("If-Match", "If-None-Match")) {
            String value = exchange.getRequestHeaders().getFirst(condition);
            call.append(value == null ? "" : " " + condition + ": " + value);
        }
        asked.add(call.toString());
        Answer answer = answers.remove();
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
