package io.tollgate.sink.config;

import io.tollgate.avro.Admin;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.Words;
import org.jspecify.annotations.Nullable;

/** The table {@code admins}: {@code config.admins} as it stands, without what a token is checked by. */
public final class Admins {
    private static final Upsert UPSERT = Upsert.last(
            "admins",
            "id text",
            "name text",
            "role text",
            "prefix text",
            "expires_at timestamptz",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private Admins() {}

    public static RowWriter<Admin> writer(AvroCodec<Admin> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec, new RowTable<>("admins", "id text", UPSERT, (id, row) -> columns(id, row, text)), admin -> null);
    }

    private static @Nullable String[] columns(String id, Admin admin, RowText text) {
        return new @Nullable String[] {
            id,
            admin.getName(),
            Words.of(admin.getRole()),
            admin.getPrefix(),
            text.time(admin.getExpiresAt()),
            Long.toString(admin.getVersion()),
            text.time(admin.getCreatedAt()),
            text.time(admin.getUpdatedAt())
        };
    }
}
