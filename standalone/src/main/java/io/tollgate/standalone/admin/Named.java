package io.tollgate.standalone.admin;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The words behind a command that name one record: an id, or a company and an id. */
final class Named {
    private Named() {}

    /** Adds a word for each part of the id; each must be there. */
    static CommandLine words(CommandLine command, Resource resource) {
        List<String> names = resource.names();
        for (int i = 0; i < names.size(); i++) {
            word(command.getCommandSpec(), i, label(names, i), "1", "Its " + names.get(i) + ".");
        }
        return command;
    }

    static void word(CommandSpec command, int index, String label, String arity, String help) {
        command.addPositional(PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String.class)
                .description(help)
                .build());
    }

    static String label(List<String> names, int index) {
        return names.get(index).toUpperCase(Locale.ROOT);
    }

    /** The words that were given, in their order. */
    static List<String> of(ParseResult parsed) {
        return parsed.matchedPositionals().stream()
                .map(word -> word.<String>getValue())
                .toList();
    }
}
