package io.tollgate.standalone.dead;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.Progress;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tollgate dead-letters replay}: call by call until there is no more. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Sends dead letters in again, to be judged as if they had just come.",
        footer = {
            "",
            "Examples: tollgate dead-letters replay usage.inbox-3-17",
            "          tollgate dead-letters replay --code internal_error --from 2026-11-01T00:00:00Z --dry-run",
            "          tollgate dead-letters replay usage.inbox-3-17 --file fixed.json",
            "",
            "What is still wrong becomes a dead letter again; what is in the books already is a duplicate and counts",
            "nothing. Letters whose original is no submission are left, with the reason; of the letters that were named",
            "any that is left makes the exit code 1."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final List<String> COLUMNS = List.of("/id", "/code", "/company", "/reason", "/detail");

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Those with these ids.")
    private List<String> ids = List.of();

    @Option(names = "--code", paramLabel = "CODE", description = "Those with this reason, unmatched say.")
    private @Nullable String code;

    @Option(names = "--company", paramLabel = "ID", description = "This company's.")
    private @Nullable String company;

    @Option(names = "--from", paramLabel = "TIME", description = "Of then on, 2026-11-01T00:00:00Z say.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of before then.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Says what would be sent and sends nothing.")
    private boolean dryRun;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "What the one that is named should have been, as 'show --fix' writes it; - is the input.")
    private @Nullable Path file;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path fixed = file;
        return fixed == null ? replay() : fix(fixed);
    }

    private int fix(Path fixed) throws IOException, InterruptedException {
        boolean isOne = ids.size() == 1 && code == null && company == null && from == null && to == null;
        if (!isOne || dryRun) {
            throw new IOException("--file puts one letter right: name it by its id, and say nothing else");
        }
        byte[] body = GatewayOptions.read(fixed);
        String path = "/admin/v1/dead-letters/" + HttpApi.encode(ids.get(0)) + "/replay";
        gateway.show(
                gateway.answer(api -> api.post(path, body, PATIENCE)),
                (sent, out) -> out.println(sent.path("action").asString("") + "  "
                        + sent.path("id").asString("")));
        return ExitCode.DONE;
    }

    private int replay() throws IOException, InterruptedException {
        ObjectNode asked = asked();
        ArrayNode left = HttpApi.MAPPER.createArrayNode();
        long replayed = 0;
        try (Progress progress = gateway.progress("replaying", 0)) {
            String cursor;
            do {
                byte[] body = HttpApi.MAPPER.writeValueAsBytes(asked);
                JsonNode answer = gateway.answer(api -> api.post("/admin/v1/dead-letters/replay", body, PATIENCE));
                replayed += answer.path("replayed").asLong();
                answer.path("left").forEach(left::add);
                drop(asked, answer);
                cursor = answer.path("next_cursor").asString("");
                asked.put("cursor", cursor);
                progress.at(0, replayed + " sent, " + left.size() + " left");
            } while (!cursor.isEmpty());
        }
        ObjectNode report =
                HttpApi.MAPPER.createObjectNode().put("dry_run", dryRun).put("replayed", replayed);
        report.set("left", left);
        gateway.show(report, ReplayCommand::print);
        return ids.isEmpty() || left.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ObjectNode asked() {
        ObjectNode asked = HttpApi.MAPPER.createObjectNode();
        if (!ids.isEmpty()) {
            asked.set("ids", HttpApi.MAPPER.valueToTree(ids));
        }
        put(asked, "code", code);
        put(asked, "company", company);
        put(asked, "from", from);
        put(asked, "to", to);
        return asked.put("dry_run", dryRun);
    }

    private static void put(ObjectNode asked, String name, @Nullable String value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    /** What an answer has told of is not looked for again. */
    private static void drop(ObjectNode asked, JsonNode answer) {
        if (asked.path("ids") instanceof ArrayNode named) {
            List<String> told = Stream.concat(
                            answer.path("ids").valueStream().map(JsonNode::asString),
                            answer.path("left").valueStream().map(one -> one.path("id")
                                    .asString("")))
                    .toList();
            named.removeIf(id -> told.contains(id.asString()));
        }
    }

    private static void print(JsonNode report, PrintWriter out) {
        JsonNode left = report.path("left");
        if (!left.isEmpty()) {
            TextTable.of(left, COLUMNS, out);
            out.println();
        }
        boolean isDry = report.path("dry_run").asBoolean();
        out.println((isDry ? "would replay  " : "replayed  ")
                + report.path("replayed").asString("") + ", left " + left.size());
    }
}
