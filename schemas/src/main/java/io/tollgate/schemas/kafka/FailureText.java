package io.tollgate.schemas.kafka;

/**
 * What a chain of exceptions says, on one line. Kafka's own say "SSL handshake failed" or "Failed to construct kafka
 * consumer", and which certificate or file it was only their causes.
 */
public final class FailureText {
    private FailureText() {}

    /** The messages from the outermost to the first cause, each where it adds something. */
    public static String of(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        if (text.isEmpty()) {
            text.append(failure.getClass().getSimpleName());
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
        }
        return text.toString().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message.strip();
    }
}
