package io.tollgate.schemas.serde;

import org.jspecify.annotations.Nullable;

/** The schema registry did not answer, or said no. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unknownSchema;

    RegistryException(String message, boolean unknownSchema, @Nullable Throwable cause) {
        super(message, cause);
        this.unknownSchema = unknownSchema;
    }

    /** Whether the registry answered that it does not know the id: asking again will not help. */
    public boolean unknownSchema() {
        return unknownSchema;
    }
}
