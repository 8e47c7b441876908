package io.tollgate.schemas.serde;

import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Two settings that Avro has for the whole JVM only. It reads and copies just those classes that it was told to trust
 * (since 1.12.2): ours are the generated ones. And it believes the lengths that it reads: twenty bytes of poison that
 * claim a string of two gigabytes would be given two gigabytes. Whoever makes a codec has both in place; who uses
 * generated records without one calls {@link #set} first.
 */
public final class AvroGuards {
    private static final String TRUSTED_PACKAGE = "io.tollgate.avro";

    /** Far above what the topics take, far below what hurts. */
    private static final String MAX_LENGTH = Integer.toString(16 * 1024 * 1024);

    /** Room for that many is made before the first of them is read. */
    private static final String MAX_ITEMS = Integer.toString(1024 * 1024);

    static {
        // Read by Avro once, when it first decodes.
        setIfAbsent(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, MAX_LENGTH);
        setIfAbsent(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, MAX_LENGTH);
        setIfAbsent(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, MAX_ITEMS);
        ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                others, type -> type.getPackageName().equals(TRUSTED_PACKAGE)));
    }

    private AvroGuards() {}

    /** Returns once both are in place. */
    public static void set() {
        // The work is in the static initialiser: once, and before the first return from here.
    }

    private static void setIfAbsent(String property, String limit) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, limit);
        }
    }
}
