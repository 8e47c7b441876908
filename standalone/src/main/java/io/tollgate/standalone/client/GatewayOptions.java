package io.tollgate.standalone.client;

import io.tollgate.standalone.client.HttpApi.Answer;
import io.tollgate.standalone.secret.AdminToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Which gateway, and who calls. The token is looked for where no list of processes shows it. */
public final class GatewayOptions {
    private static final Path INPUT = Path.of("-");
    private static final Duration CONNECT = Duration.ofSeconds(5);

    @Option(names = "--url", paramLabel = "URL", description = "The gateway (default: http://127.0.0.1:PORT-BASE).")
    private @Nullable URI url;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "As of 'tollgate up'; the gateway listens on it (default: ${DEFAULT-VALUE}).")
    private int portBase = 8080;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The admin token. Other users of this machine can see it in the list of processes; without it"
                    + " TOLLGATE_ADMIN_TOKEN is taken, else the file admin-token in the data folder.")
    private @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of 'tollgate up' (default: .tollgate in the project's folder).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Shows an answer to people, or as it is to programs. */
    public void show(JsonNode answer, BiConsumer<JsonNode, PrintWriter> print) {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            print.accept(answer, out);
        }
        out.flush();
    }

    /** A file that the command was given; {@code -} is the input. */
    public static byte[] read(Path file) throws IOException {
        try {
            return file.equals(INPUT) ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        }
    }

    /** A call of the gateway. */
    @FunctionalInterface
    public interface Call {
        Answer of(HttpApi gateway) throws IOException, InterruptedException;
    }

    /** The answer to a call that went well; whatever else happened is said in one sentence. */
    public JsonNode answer(Call call) throws IOException, InterruptedException {
        URI gateway = url == null ? URI.create("http://127.0.0.1:" + portBase) : url;
        HttpApi api =
                new HttpApi(HttpClient.newBuilder().connectTimeout(CONNECT).build(), gateway, token());
        Answer answer;
        try {
            answer = call.of(api);
        } catch (ConnectException | HttpTimeoutException e) {
            throw new IOException("no gateway answers at " + gateway
                    + ". Start one with ./tollgate up, or name another with" + " --url URL.");
        }
        if (!answer.isOk()) {
            throw new IOException(objection(gateway, answer));
        }
        return answer.json();
    }

    /**
     * All pages of a list as one.
     *
     * @param parameters of the query; those that are null are left out
     */
    public JsonNode list(String path, Map<String, @Nullable String> parameters)
            throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("?limit=1000");
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.append('&').append(name).append('=').append(HttpApi.encode(value));
            }
        });
        ArrayNode items = HttpApi.MAPPER.createArrayNode();
        String cursor = "";
        do {
            String page = path + query + (cursor.isEmpty() ? "" : "&cursor=" + HttpApi.encode(cursor));
            JsonNode read = answer(api -> api.get(page));
            read.path("items").forEach(items::add);
            cursor = read.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return HttpApi.MAPPER.createObjectNode().set("items", items);
    }

    private String token() throws IOException {
        if (token != null) {
            return token;
        }
        Path home = Path.of(System.getProperty("tollgate.home", ""));
        Path file = (data == null ? home.resolve(".tollgate") : data).resolve(AdminToken.FILE);
        String known = AdminToken.known(System.getenv(), file);
        if (known == null) {
            throw new IOException("there is no admin token: set " + AdminToken.VARIABLE
                    + ", or name the data folder with" + " --data DIR (" + file + " is not there)");
        }
        return known;
    }

    /** What the problem's detail says, and each of its errors. */
    private static String objection(URI gateway, Answer answer) {
        try {
            JsonNode problem = answer.json();
            StringBuilder text =
                    new StringBuilder(problem.path("detail").asString("the gateway answered " + answer.status()));
            for (JsonNode error : problem.path("errors")) {
                text.append(System.lineSeparator())
                        .append("        ")
                        .append(error.path("pointer").asString(""))
                        .append("  ")
                        .append(error.path("detail").asString(""));
            }
            return text.toString();
        } catch (JacksonException e) {
            return "what answers at " + gateway + " is no Tollgate gateway (it said " + answer.status() + ")";
        }
    }
}
