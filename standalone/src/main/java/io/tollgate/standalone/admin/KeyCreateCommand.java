package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.secret.OwnerOnlyFile;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tollgate keys create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Makes a key for a company. Its secret is shown this once.",
        footer = {
            "",
            "Examples: tollgate keys create --company acme --name 'search prod'",
            "          tollgate keys create --company acme --name ci --scopes ingest,read --secret-file acme.key",
            "",
            "Scopes: ingest (events), correct (voids and amends), admission (may this call go ahead), read (its company's",
            "usage)."
        })
final class KeyCreateCommand implements Callable<Integer> {
    private static final List<String> USUAL_SCOPES = List.of("ingest");

    @Option(names = "--company", required = true, paramLabel = "ID", description = "Whose key it is.")
    private String company = "";

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "Keeps the secret there, readable by you alone, in place of showing it. It must not be there yet.")
    private @Nullable Path secretFile;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private KeyCreateCommand() {}

    static CommandLine command() {
        CommandLine command = new CommandLine(new KeyCreateCommand());
        Resource.KEY.flags().forEach(flag -> command.getCommandSpec().addOption(flag.option()));
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireFree(secretFile);
        ObjectNode wanted = HttpApi.MAPPER.createObjectNode().put("company", company);
        wanted.set("scopes", HttpApi.MAPPER.valueToTree(USUAL_SCOPES));
        Flag.apply(
                Resource.KEY.flags(), Objects.requireNonNull(spec).commandLine().getParseResult(), wanted);
        JsonNode made = gateway.answer(api -> api.send("POST", Resource.KEY.path(), wanted));
        Path file = secretFile;
        if (file != null) {
            ObjectNode shown = made.asObject();
            OwnerOnlyFile.write(file, shown.path("secret").asString("") + "\n");
            shown.remove("secret");
        }
        gateway.show(made, (key, text) -> {
            Resource.KEY.printOne(key, text);
            if (file != null) {
                text.println("secret in " + file);
            }
        });
        return 0;
    }

    /** Before the key is made: what can't be kept afterwards is lost, and what is there may be another key's only secret. */
    private static void requireFree(@Nullable Path file) throws IOException {
        if (file == null) {
            return;
        }
        if (Files.exists(file)) {
            throw new IOException(
                    file + " is there already, perhaps with the only copy of a secret: name another file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            throw new IOException(file + " can't be written: there is no such folder, or it may not be written to");
        }
    }
}
