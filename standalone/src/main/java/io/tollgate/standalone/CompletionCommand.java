package io.tollgate.standalone;

import io.tollgate.standalone.client.ExitCode;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tollgate completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints what makes a shell complete commands and options.",
        footer = {
            "",
            "Examples: source <(tollgate completion bash)      in ~/.bashrc",
            "          source <(tollgate completion zsh)       in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Picocli's script is for both: under zsh it switches its emulation of bash on by itself. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private @Nullable Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine own = Objects.requireNonNull(spec).commandLine();
        CommandLine tollgate = Objects.requireNonNull(own.getParent());
        own.getOut().println("# tollgate completion " + shell);
        own.getOut().print(AutoComplete.bash("tollgate", tollgate));
        own.getOut().flush();
        return ExitCode.DONE;
    }
}
