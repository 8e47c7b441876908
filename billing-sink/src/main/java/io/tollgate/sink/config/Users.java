package io.tollgate.sink.config;

import io.tollgate.avro.User;
import io.tollgate.schemas.RowId;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import org.jspecify.annotations.Nullable;

/** The table {@code users}: {@code config.users} as it stands. */
public final class Users {
    private static final Upsert UPSERT = Upsert.last(
            "users",
            "row_id uuid",
            "company text",
            "user_id text",
            "blocked boolean",
            "labels jsonb",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private Users() {}

    public static RowWriter<User> writer(AvroCodec<User> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                RowId::of,
                new RowTable<>("users", "row_id uuid", UPSERT, (id, row) -> columns(id, row, text)),
                User::getCompany);
    }

    private static @Nullable String[] columns(String id, User user, RowText text) {
        return new @Nullable String[] {
            id,
            user.getCompany(),
            user.getId(),
            Boolean.toString(user.getBlocked()),
            text.json(json -> json.strings(user.getLabels())),
            Long.toString(user.getVersion()),
            text.time(user.getCreatedAt()),
            text.time(user.getUpdatedAt())
        };
    }
}
