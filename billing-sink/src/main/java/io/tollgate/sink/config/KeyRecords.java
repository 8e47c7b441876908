package io.tollgate.sink.config;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.OldSecret;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.TextArray;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api_key_records}: {@code config.keys} as it stands. The view {@code api_keys} shows it beside what the
 * keys did, which is counted apart: a change of a key must not touch its count.
 */
public final class KeyRecords {
    private static final Upsert UPSERT = Upsert.last(
            "api_key_records",
            "id text",
            "company text",
            "user_id text",
            "name text",
            "prefix text",
            "secret_sha256 bytea",
            "old_secrets_taken_to timestamptz[]",
            "scopes text[]",
            "models text[]",
            "labels jsonb",
            "metadata jsonb",
            "expires_at timestamptz",
            "blocked boolean",
            "revoked_at timestamptz",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private KeyRecords() {}

    public static RowWriter<ApiKey> writer(AvroCodec<ApiKey> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                new RowTable<>("api_key_records", "id text", UPSERT, (id, row) -> columns(id, row, text)),
                ApiKey::getCompany);
    }

    private static @Nullable String[] columns(String id, ApiKey key, RowText text) {
        return new @Nullable String[] {
            id,
            key.getCompany(),
            key.getUser(),
            key.getName(),
            key.getPrefix(),
            bytes(key.getSecretSha256()),
            TextArray.of(key.getOldSecrets().stream()
                    .map(OldSecret::getExpiresAt)
                    .map(text::time)
                    .toList()),
            TextArray.of(key.getScopes()),
            TextArray.of(key.getModels()),
            text.json(json -> json.strings(key.getLabels())),
            text.json(json -> json.strings(key.getMetadata())),
            text.time(key.getExpiresAt()),
            Boolean.toString(key.getBlocked()),
            text.time(key.getRevokedAt()),
            Long.toString(key.getVersion()),
            text.time(key.getCreatedAt()),
            text.time(key.getUpdatedAt())
        };
    }

    private static String bytes(ByteBuffer hash) {
        byte[] octets = new byte[hash.remaining()];
        hash.duplicate().get(octets);
        return "\\x" + HexFormat.of().formatHex(octets);
    }
}
