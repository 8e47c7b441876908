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

/**
 * Which services, and who calls: the same options and the same order for every command. A flag wins over the environment,
 * which wins over the data folder of 'up'. The token is looked for where no list of processes shows it.
 */
public final class GatewayOptions {
    private static final Path INPUT = Path.of("-");
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int PAGE = 1_000;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway (default: $" + ServiceUrls.GATEWAY_VARIABLE
                    + ", else that of the running 'up', else http://127.0.0.1:8080).")
    private @Nullable URI url;

    @Option(
            names = "--usage-url",
            paramLabel = "URL",
            description =
                    "The usage-api (default: $" + ServiceUrls.USAGE_API_VARIABLE + ", else the gateway's port + 3).")
    private @Nullable URI usageUrl;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "In place of the URLs: as of 'tollgate up', on this machine.")
    private @Nullable Integer portBase;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Who calls; - asks for it, or reads the input's first line. Other users of this machine can see"
                            + " what is written here in the list of processes. Default: --token-file, else $"
                            + Token.VARIABLE + ", else $" + AdminToken.VARIABLE
                            + ", else the file admin-token of the data folder.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file that holds the token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of 'tollgate up' (default: .tollgate in the project's folder).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Prints the service's answer as it is.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private @Nullable HttpClient client;
    private @Nullable Token found;

    /** Shows an answer to people, or as it is to programs. */
    public void show(JsonNode answer, BiConsumer<JsonNode, PrintWriter> print) {
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            print.accept(answer, out);
        }
        out.flush();
    }

    /** What a wait is made visible with; it is silent unless a person watches. */
    public Progress progress(String what, long total) {
        return Progress.start(what, total, command().commandLine().getErr());
    }

    /** The data folder of 'up'. */
    public Path dataFolder() {
        Path home = Path.of(System.getProperty("tollgate.home", ""));
        return data == null ? home.resolve(".tollgate") : data;
    }

    /** A file that the command was given; {@code -} is the input. */
    public static byte[] read(Path file) throws IOException {
        try {
            return file.equals(INPUT) ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        }
    }

    /** A call of a service. */
    @FunctionalInterface
    public interface Call {
        Answer of(HttpApi service) throws IOException, InterruptedException;
    }

    /** The gateway's answer to a call that went well; whatever else happened is said in one sentence. */
    public JsonNode answer(Call call) throws IOException, InterruptedException {
        return answer(call, urls().gateway(), "gateway");
    }

    /** The same of usage-api. */
    public JsonNode usage(Call call) throws IOException, InterruptedException {
        return answer(call, usageApi(), "usage-api");
    }

    /** The gateway for a company's key, whose answers are for the caller to judge. */
    public HttpApi sender() throws IOException {
        URI gateway = urls().gateway();
        return new HttpApi(client(), gateway, token(Token.Kind.KEY, gateway).value());
    }

    /** The usage-api, whose answers are for the caller to judge. */
    public HttpApi reader() throws IOException {
        URI usageApi = usageApi();
        return new HttpApi(client(), usageApi, token(Token.Kind.ADMIN, usageApi).value());
    }

    /** Nobody answers at the usage-api's address. */
    public UnreachableException unreachableUsageApi() throws IOException {
        return unreachable("usage-api", usageApi());
    }

    /** Nobody answers at the gateway's address; and what that means for whoever asked. */
    public UnreachableException unreachable(String consequence) throws IOException {
        return new UnreachableException(unreachable("gateway", urls().gateway()).getMessage() + consequence);
    }

    /** All pages of a list of the gateway as one. */
    public JsonNode list(String path, Map<String, @Nullable String> parameters)
            throws IOException, InterruptedException {
        return list(this::answer, path, parameters, Integer.MAX_VALUE);
    }

    /**
     * The same of usage-api.
     *
     * @param most items; the others are not asked for
     */
    public JsonNode usageList(String path, Map<String, @Nullable String> parameters, int most)
            throws IOException, InterruptedException {
        return list(this::usage, path, parameters, most);
    }

    /** What a refused call says: the problem's detail and each of its errors, and of a refused token its origin. */
    public String objection(Answer answer) throws IOException {
        return objection("the gateway", answer);
    }

    @FunctionalInterface
    private interface Asking {
        JsonNode answer(Call call) throws IOException, InterruptedException;
    }

    private static JsonNode list(Asking service, String path, Map<String, @Nullable String> parameters, int most)
            throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("?limit=" + Math.min(most, PAGE));
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.append('&').append(name).append('=').append(HttpApi.encode(value));
            }
        });
        ArrayNode items = HttpApi.MAPPER.createArrayNode();
        String cursor = "";
        do {
            String page = path + query + (cursor.isEmpty() ? "" : "&cursor=" + HttpApi.encode(cursor));
            JsonNode read = service.answer(api -> api.get(page));
            for (JsonNode item : read.path("items")) {
                if (items.size() < most) {
                    items.add(item);
                }
            }
            cursor = read.path("next_cursor").asString("");
        } while (!cursor.isEmpty() && items.size() < most);
        return HttpApi.MAPPER.createObjectNode().set("items", items);
    }

    private JsonNode answer(Call call, URI at, String service) throws IOException, InterruptedException {
        HttpApi api = new HttpApi(client(), at, token(Token.Kind.ADMIN, at).value());
        Answer answer;
        try {
            answer = call.of(api);
        } catch (ConnectException | HttpTimeoutException e) {
            throw unreachable(service, at);
        }
        if (!answer.isOk()) {
            throw new IOException(objection("what answers at " + at, answer));
        }
        return answer.body().isEmpty() ? HttpApi.MAPPER.createObjectNode() : answer.json();
    }

    private UnreachableException unreachable(String service, URI at) throws IOException {
        return new UnreachableException("no " + service + " answers at " + at + " (told by " + urls().origin()
                + "). Start one with ./tollgate up, or name another with --url URL.");
    }

    /** The same of another service. */
    public String objection(String who, Answer answer) throws IOException {
        String text;
        try {
            text = detail(answer);
        } catch (JacksonException e) {
            return who + " is no Tollgate service (it said " + answer.status() + ")";
        }
        Token shown = found;
        boolean isAboutTheToken = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
        return isAboutTheToken && shown != null ? text + " (the token came from " + shown.origin() + ")" : text;
    }

    private static String detail(Answer answer) {
        JsonNode problem = answer.json();
        StringBuilder text =
                new StringBuilder(problem.path("detail").asString("the service answered " + answer.status()));
        for (JsonNode error : problem.path("errors")) {
            text.append(System.lineSeparator())
                    .append("        ")
                    .append(error.path("pointer").asString(""))
                    .append("  ")
                    .append(error.path("detail").asString(""));
        }
        return text.toString();
    }

    /** All four services by name; what is not told is on the gateway's host, as 'up' lays the ports out. */
    public Map<String, URI> services(@Nullable URI streams, @Nullable URI sink) throws IOException {
        return urls().services(streams, sink, endpoints());
    }

    /** The first port of an 'up' on this machine. */
    public int portBase() {
        return portBase == null ? ServiceUrls.DEFAULT_BASE : portBase;
    }

    /** Where the services are. */
    ServiceUrls urls() throws IOException {
        return ServiceUrls.find(url, usageUrl, portBase, System.getenv(), endpoints());
    }

    /** Of the running 'up'; null where none runs on the data folder. */
    public @Nullable Endpoints endpoints() throws IOException {
        return Endpoints.read(dataFolder().resolve(Endpoints.FILE));
    }

    private URI usageApi() throws IOException {
        URI usageApi = urls().usageApi();
        if (usageApi == null) {
            throw new IOException(
                    "where is the usage-api? Name it with --usage-url URL, or set " + ServiceUrls.USAGE_API_VARIABLE);
        }
        return usageApi;
    }

    private Token token(Token.Kind kind, URI service) throws IOException {
        Token known = found;
        if (known == null) {
            Path kept = dataFolder().resolve(AdminToken.FILE);
            known = Token.find(kind, new Token.Flags(token, tokenFile), System.getenv(), kept, service);
            found = known;
        }
        return known;
    }

    private HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder().connectTimeout(CONNECT).build();
            client = known;
        }
        return known;
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command);
    }
}
