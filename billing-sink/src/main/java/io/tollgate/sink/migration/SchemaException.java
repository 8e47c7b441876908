package io.tollgate.sink.migration;

/** The schema is not as it has to be for what was asked; the message says what to do. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }
}
