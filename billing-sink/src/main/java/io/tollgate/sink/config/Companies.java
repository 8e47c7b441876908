package io.tollgate.sink.config;

import io.tollgate.avro.Company;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import org.jspecify.annotations.Nullable;

/** The table {@code companies}: {@code config.companies} as it stands. */
public final class Companies {
    private static final Upsert UPSERT = Upsert.last(
            "companies",
            "id text",
            "name text",
            "currency text",
            "timezone text",
            "labels jsonb",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private Companies() {}

    public static RowWriter<Company> writer(AvroCodec<Company> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                new RowTable<>("companies", "id text", UPSERT, (id, row) -> columns(id, row, text)),
                Company::getId);
    }

    private static @Nullable String[] columns(String id, Company company, RowText text) {
        return new @Nullable String[] {
            id,
            company.getName(),
            company.getCurrency(),
            company.getTimezone(),
            text.json(json -> json.strings(company.getLabels())),
            Long.toString(company.getVersion()),
            text.time(company.getCreatedAt()),
            text.time(company.getUpdatedAt())
        };
    }
}
