package io.tollgate.schemas.release;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ClosedPeriod;
import io.tollgate.avro.ConfigVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** A full record of each kind that tells who may change what, who did, and what is closed. */
final class ControlSamples {
    private static final long TIME = 1_795_000_000_123_456L;
    private static final Actor ACTOR = new Actor(ActorKind.ADMIN, "ops", "192.0.2.7", "req_1");

    private ControlSamples() {}

    static List<SpecificRecordBase> all() {
        return List.of(admin(), period(), version(), entry());
    }

    private static Admin admin() {
        return Admin.newBuilder()
                .setId("ops")
                .setName("Operations")
                .setRole(AdminRole.OPERATOR)
                .setPrefix("tga_a1b2")
                .setSecretSha256(
                        ByteBuffer.wrap("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
                .setExpiresAt(TIME + 1)
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    private static ClosedPeriod period() {
        return new ClosedPeriod("2026-10", List.of(12L, 0L, 99L, 7L), "uB3xQ0mJQ5-8e1vYkz2AaA", TIME, 1L);
    }

    private static ConfigVersion version() {
        return new ConfigVersion(7L, TIME, ACTOR, 1, "replaced company acme");
    }

    private static AuditEntry entry() {
        return AuditEntry.newBuilder()
                .setVersion(7)
                .setPosition(0)
                .setAt(TIME)
                .setActor(ACTOR)
                .setAction("replaced")
                .setKind("company")
                .setId("acme")
                .setCompany("acme")
                .setBefore("{\"name\":\"Acme\"}")
                .setAfter("{\"name\":\"Acme Ltd\"}")
                .build();
    }
}
