package io.tollgate.standalone;

/** Finds the sentence in a chain of exceptions that a person can do something about: ours, or else the innermost. */
final class Blame {
    private Blame() {}

    static String of(Throwable thrown) {
        Throwable cause = thrown;
        while (!(cause instanceof StartRefusedException) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return sentence(cause);
    }

    /** The message alone, where it has one. */
    static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.toString() : message.strip();
    }
}
