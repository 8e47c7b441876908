package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code set}: makes or replaces what a file holds, one after the other; or changes what options say of one. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Makes or changes one by options, or many by a file.")
final class SetCommand implements Callable<Integer> {
    private static final String INPUT = "-";

    private final Resource resource;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private SetCommand(Resource resource) {
        this.resource = resource;
    }

    static CommandLine of(Resource resource) {
        CommandLine command = new CommandLine(new SetCommand(resource));
        CommandSpec spec = command.getCommandSpec();
        List<String> names = resource.names();
        for (int i = 0; i < names.size(); i++) {
            Named.word(
                    spec,
                    i,
                    Named.label(names, i) + (i == 0 ? "|FILE" : ""),
                    i == 0 ? "1" : "0..1",
                    "Its " + names.get(i) + (i == 0 ? "; without an option a file, - is the input." : "."));
        }
        resource.flags().forEach(flag -> spec.addOption(flag.option()));
        spec.usageMessage()
                .footer(
                        "",
                        "Example: tollgate " + resource.example(),
                        "",
                        "With options: what they don't say stays as it is, and '' takes a member away.",
                        "FILE holds JSON as the admin API takes it, with the id in it: one object, an array of them, or",
                        "what 'list --json' prints; each is set as a whole. It stops at the first that is refused; those",
                        "before it are set.");
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ParseResult parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        List<String> words = Named.of(parsed);
        if (Flag.anyOf(resource.flags(), parsed) || words.size() > 1) {
            setOne(words, parsed);
        } else {
            setAll(words.get(0));
        }
        return 0;
    }

    private void setOne(List<String> id, ParseResult parsed) throws IOException, InterruptedException {
        if (id.size() != resource.names().size()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "which one? It is named by " + resource.names());
        }
        // A wrong one is found before anybody is asked.
        Flag.apply(resource.flags(), parsed, HttpApi.MAPPER.createObjectNode());
        JsonNode done = gateway.answer(
                api -> Edit.of(api, resource.path(id), record -> Flag.apply(resource.flags(), parsed, record)));
        gateway.show(done, resource::printOne);
    }

    private void setAll(String file) throws IOException, InterruptedException {
        if (!file.equals(INPUT) && !Files.exists(Path.of(file))) {
            throw new IOException("there is no file " + file + ". To set " + file + " by options, say what of it: "
                    + resource.flags().get(0).name() + " … (see --help)");
        }
        List<JsonNode> wanted = wanted(Path.of(file));
        ArrayNode done = HttpApi.MAPPER.createArrayNode();
        try {
            for (JsonNode one : wanted) {
                done.add(set(one));
            }
        } finally {
            // Also where one was refused: a webhook's secret is told this once.
            if (!done.isEmpty()) {
                gateway.show(HttpApi.MAPPER.createObjectNode().set("items", done), resource::print);
            }
        }
    }

    private JsonNode set(JsonNode one) throws IOException, InterruptedException {
        List<String> id = resource.names().stream()
                .map(name -> one.path(name).asString(""))
                .toList();
        try {
            return gateway.answer(api -> api.send("PUT", resource.path(id), one));
        } catch (UnreachableException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(String.join(" ", id) + ": " + e.getMessage());
        }
    }

    private List<JsonNode> wanted(Path file) throws IOException {
        try {
            JsonNode tree = HttpApi.MAPPER.readTree(GatewayOptions.read(file));
            JsonNode list = tree.path("items").isArray() ? tree.path("items") : tree;
            List<JsonNode> wanted = list.isArray() ? List.copyOf(list.values()) : List.of(list);
            for (String name : resource.names()) {
                if (!wanted.stream().allMatch(one -> one.path(name).isString())) {
                    throw new IOException(file + ": each must have an \"" + name + "\"");
                }
            }
            return wanted;
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON");
        }
    }
}
