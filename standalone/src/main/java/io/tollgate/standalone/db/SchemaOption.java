package io.tollgate.standalone.db;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the tables are, as the services are told. */
final class SchemaOption {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private String name = "";

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "${env:TOLLGATE_SCHEMA:-${env:DB_SCHEMA:-tollgate}}",
            description = "The SQL schema (default: TOLLGATE_SCHEMA, DB_SCHEMA, else tollgate).")
    void setName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    command.commandLine(), "a schema is a lower-case name of letters, digits and _, and not " + name);
        }
        this.name = name;
    }

    String name() {
        return name;
    }
}
