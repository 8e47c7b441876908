package io.tollgate.gateway.admin;

import io.tollgate.schemas.config.ApiKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets of keys and administrators, and ids of records. A secret has 256 random bits behind a prefix that tells its kind. */
public final class Secrets {
    private static final String KEY = "tg_";
    private static final String ADMIN = "tga_";
    /** Characters of a secret that are kept to tell keys apart. */
    static final int SHOWN = 8;

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final int UNGUESSABLE_BYTES = 16;
    /** Without padding in base64. */
    private static final int WEBHOOK_SECRET_BYTES = 24;

    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Of a key. */
    static String newSecret() {
        return KEY + random(SECRET_BYTES);
    }

    /** Of an administrator. */
    static String newToken() {
        return ADMIN + random(SECRET_BYTES);
    }

    /** What of a secret is kept for people to tell it from others. */
    static String shown(String secret) {
        return secret.substring(0, SHOWN);
    }

    /** What of a secret is kept to know it again. */
    static ByteBuffer hash(String secret) {
        return ByteBuffer.wrap(ApiKeys.hash(secret));
    }

    /**
     * A new id of a record.
     *
     * @param kind of the record, {@code key} or {@code price}
     */
    public static String newId(String kind) {
        return kind + "_" + random(ID_BYTES);
    }

    /** What a webhook's deliveries are signed with. */
    static byte[] newWebhookSecret() {
        return bytes(WEBHOOK_SECRET_BYTES);
    }

    /**
     * A new id that nobody can guess: it has 128 random bits.
     *
     * @param kind of what it names, {@code rsv}
     */
    public static String newUnguessableId(String kind) {
        return kind + "_" + random(UNGUESSABLE_BYTES);
    }

    private static String random(int length) {
        return HEX.formatHex(bytes(length));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
