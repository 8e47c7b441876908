package io.tollgate.embedded;

/** A server could not be started, stopped or reached; the message is meant for the person who started it. */
public final class EmbeddedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedServerException(String message) {
        super(message);
    }

    public EmbeddedServerException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
