package io.tollgate.sink.migration;

import io.tollgate.sink.SinkStack;

/** What PostgreSQL knows of a schema, as text: two that are alike to the letter are alike. */
final class Catalogue {
    private static final String OF =
            """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                SELECT format('relation %s %s %s %s', relname, relkind, reloptions, relacl) AS line
                FROM pg_class WHERE relnamespace = %1$s
                UNION ALL
                SELECT format('column %s %s %s %s %s %s', attrelid::regclass, rank() OVER (PARTITION BY attrelid ORDER BY attnum),
                    attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
                FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                WHERE relnamespace = %1$s AND attnum > 0 AND NOT attisdropped
                UNION ALL
                SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE relnamespace = %1$s
                UNION ALL
                SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE connamespace = %1$s
                UNION ALL
                SELECT format('view %s %s', oid::regclass, pg_get_viewdef(oid)) FROM pg_class
                WHERE relnamespace = %1$s AND relkind = 'v'
                UNION ALL
                SELECT format('function %s %s', pg_get_functiondef(oid), proacl) FROM pg_proc WHERE pronamespace = %1$s
                UNION ALL
                SELECT format('partition %s %s %s', inhparent::regclass, oid::regclass, pg_get_expr(relpartbound, oid))
                FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relnamespace = %1$s
                UNION ALL
                SELECT format('comment %s %s %s', objoid::regclass, objsubid, description)
                FROM pg_description JOIN pg_class ON pg_class.oid = objoid AND classoid = 'pg_class'::regclass
                WHERE relnamespace = %1$s
                UNION ALL
                SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = %1$s
            ) lines
            """;

    private static final String ROWS =
            """
            SELECT string_agg(relname || ' ' || query_to_xml('SELECT * FROM ' || oid::regclass, true, true, '')::text, E'\\n'
                ORDER BY relname)
            FROM pg_class WHERE relnamespace = %1$s AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
            """;

    private Catalogue() {}

    static String of(SinkStack stack, String schema) {
        return stack.query(OF.replace("%1$s", namespace(schema)));
    }

    /** Every row of every table, but for Flyway's history. */
    static String rows(SinkStack stack, String schema) {
        return stack.query(ROWS.replace("%1$s", namespace(schema)));
    }

    private static String namespace(String schema) {
        return "'" + schema + "'::regnamespace";
    }
}
