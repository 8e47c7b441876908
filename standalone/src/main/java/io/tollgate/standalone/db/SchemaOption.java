package io.tollgate.standalone.db;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the tables are, as the services are told. */
final class SchemaOption {
    private static final String DEFAULT = "tollgate";

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            converter = Name.class,
            description = "The SQL schema (default: TOLLGATE_SCHEMA, DB_SCHEMA, else " + DEFAULT + ").")
    private @Nullable String given;

    String name() {
        String told = given == null ? Environment.first("TOLLGATE_SCHEMA", "DB_SCHEMA") : given;
        return told == null ? DEFAULT : new Name().convert(told);
    }

    /** A name that is the same with and without quotes. */
    static final class Name implements ITypeConverter<String> {
        private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

        @Override
        public String convert(String value) {
            if (!NAME.matcher(value).matches()) {
                throw new TypeConversionException(
                        "a schema is a lower-case name of letters, digits and _, not " + value);
            }
            return value;
        }
    }
}
