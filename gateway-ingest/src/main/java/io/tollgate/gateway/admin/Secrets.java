package io.tollgate.gateway.admin;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets of keys and ids of records. A secret has 256 random bits behind {@value #PREFIX}. */
public final class Secrets {
    static final String PREFIX = "tg_";
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

    static String newSecret() {
        return PREFIX + random(SECRET_BYTES);
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
