package io.tollgate.schemas.config;

import io.tollgate.avro.Admin;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;

/** Which named administrator a token belongs to, from {@code config.admins}. */
public final class Admins implements AutoCloseable {
    private static final AdminCheck UNKNOWN = new AdminCheck.Unknown();

    private final SecretIndex<Admin> byToken = new SecretIndex<>(admin -> List.of(admin.getSecretSha256()));
    private final ConfigTable<Admin> table;

    /** Begins to read the administrators. */
    public Admins(KafkaCluster kafka, AvroCodec<Admin> codec) {
        this.table = ConfigTable.start(Topics.CONFIG_ADMINS, kafka, codec, byToken);
    }

    /** The table behind it: by the administrator's id. */
    public ConfigTable<Admin> table() {
        return table;
    }

    /** What the token is at a moment: an administrator's is in force until its expiry, exclusive. */
    public AdminCheck check(String token, Instant now) {
        Admin admin = byToken.find(ApiKeys.hash(token));
        if (admin == null) {
            return UNKNOWN;
        }
        return ApiKeys.isPast(admin.getExpiresAt(), ApiKeys.micros(now))
                ? new AdminCheck.Expired(admin)
                : new AdminCheck.Valid(admin);
    }

    @Override
    public void close() {
        table.close();
    }
}
