package io.tollgate.sink.migration;

/** The rights that each service's own role needs, where another role owns the schema. */
public enum Grants {
    SINK("billing-sink"),
    USAGE_API("usage-api");

    private final String service;

    Grants(String service) {
        this.service = service;
    }

    /** The statements, to be run by the owner of the schema. */
    public String sql(String schema, String role) {
        return Scripts.read("db/grants/" + service + ".sql")
                .replace("${schema}", quoted(schema))
                .replace("${role}", quoted(role));
    }

    /** Whatever the name: a role may be called anything. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
