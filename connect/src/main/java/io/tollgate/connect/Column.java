package io.tollgate.connect;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** One column of a table: its name, its type, and how a record's value for it is found. */
record Column(String name, SchemaBuilder type, Reading reading) {

    interface Reading {
        @Nullable
        Object of(Usage usage);
    }

    /** The same, where a record may have nothing for it. */
    Column optional() {
        return new Column(name, type.optional(), reading);
    }

    Schema schema() {
        return type.build();
    }
}
