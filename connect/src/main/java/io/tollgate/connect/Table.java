package io.tollgate.connect;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** A table: its name and columns. The schema is one object for all rows, so that a sink's batch never ends because of it. */
record Table(String name, List<Column> columns, Schema schema) {

    static Table of(String name, Column... columns) {
        SchemaBuilder schema = SchemaBuilder.struct().name("io.tollgate.connect." + name);
        for (Column column : columns) {
            schema.field(column.name(), column.schema());
        }
        return new Table(name, List.of(columns), schema.build());
    }

    /** @throws org.apache.kafka.connect.errors.DataException if the record lacks what the table must have */
    Struct row(Usage usage) {
        Struct row = new Struct(schema);
        for (Column column : columns) {
            row.put(column.name(), column.reading().of(usage));
        }
        row.validate();
        return row;
    }
}
