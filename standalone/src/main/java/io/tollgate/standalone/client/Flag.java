package io.tollgate.standalone.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member of a record as an option of the commands that write it.
 *
 * @param name of the option
 * @param member where in the record, {@code scope/company} say
 * @param help for people
 */
public record Flag(String name, String member, Form form, String help) {
    /** What an option's text becomes; of all but a list the empty text is null. */
    public enum Form {
        TEXT("TEXT"),
        LIST("A,B"),
        WHOLE("N"),
        YES_OR_NO("true|false"),
        /** {@code team=search,env=prod}. */
        MAP("K=V,K=V");

        private final String label;

        Form(String label) {
            this.label = label;
        }
    }

    public static Flag text(String name, String member, String help) {
        return new Flag(name, member, Form.TEXT, help);
    }

    public static Flag list(String name, String member, String help) {
        return new Flag(name, member, Form.LIST, help);
    }

    public static Flag map(String name, String member, String help) {
        return new Flag(name, member, Form.MAP, help);
    }

    public static Flag whole(String name, String member, String help) {
        return new Flag(name, member, Form.WHOLE, help);
    }

    public static Flag yesOrNo(String name, String member, String help) {
        return new Flag(name, member, Form.YES_OR_NO, help);
    }

    public OptionSpec option() {
        return OptionSpec.builder(name)
                .paramLabel(form.label)
                .type(String.class)
                .description(help)
                .build();
    }

    /** Whether any of them was given. */
    public static boolean anyOf(List<Flag> flags, ParseResult parsed) {
        return flags.stream().anyMatch(flag -> parsed.hasMatchedOption(flag.name));
    }

    /** Puts what was given into a record; what was not stays as it is. */
    public static void apply(List<Flag> flags, ParseResult parsed, ObjectNode record) {
        for (Flag flag : flags) {
            if (parsed.hasMatchedOption(flag.name)) {
                flag.put(parsed, parsed.matchedOptionValue(flag.name, ""), record);
            }
        }
    }

    private void put(ParseResult parsed, String given, ObjectNode record) {
        String[] path = member.split("/", -1);
        ObjectNode holder = record;
        for (int i = 0; i < path.length - 1; i++) {
            JsonNode inner = holder.get(path[i]);
            holder = inner instanceof ObjectNode object ? object : holder.putObject(path[i]);
        }
        holder.set(path[path.length - 1], value(parsed, given));
    }

    private @Nullable JsonNode value(ParseResult parsed, String given) {
        return switch (form) {
            case LIST -> HttpApi.MAPPER.valueToTree(given.isEmpty() ? List.of() : List.of(given.split(",", -1)));
            case MAP -> map(parsed, given);
            case TEXT -> given.isEmpty() ? null : HttpApi.MAPPER.valueToTree(given);
            case WHOLE -> given.isEmpty() ? null : HttpApi.MAPPER.valueToTree(whole(parsed, given));
            case YES_OR_NO -> HttpApi.MAPPER.valueToTree(yesOrNo(parsed, given));
        };
    }

    private ObjectNode map(ParseResult parsed, String given) {
        ObjectNode map = HttpApi.MAPPER.createObjectNode();
        for (String entry : given.isEmpty() ? new String[0] : given.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw wrong(parsed, given, "team=search,env=prod say");
            }
            map.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return map;
    }

    private long whole(ParseResult parsed, String given) {
        try {
            return Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw wrong(parsed, given, "a whole number");
        }
    }

    private boolean yesOrNo(ParseResult parsed, String given) {
        return switch (given) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(parsed, given, "true or false");
        };
    }

    private ParameterException wrong(ParseResult parsed, String given, String expected) {
        return new ParameterException(
                parsed.commandSpec().commandLine(), name + " '" + given + "' must be " + expected);
    }
}
