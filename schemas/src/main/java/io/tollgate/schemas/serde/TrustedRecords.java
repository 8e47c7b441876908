package io.tollgate.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Since 1.12.2 Avro reads and copies only classes that it was told to trust, for the whole JVM. Ours are the generated
 * ones; whoever makes a codec has them trusted, with no system property to forget.
 */
final class TrustedRecords {
    private static final String PACKAGE = "io.tollgate.avro";

    static {
        ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                others, type -> type.getPackageName().equals(PACKAGE)));
    }

    private TrustedRecords() {}

    /** Returns once the generated classes are trusted. */
    static void trust() {
        // The work is in the static initialiser: once, and before the first return from here.
    }
}
