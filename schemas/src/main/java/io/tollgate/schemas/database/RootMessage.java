package io.tollgate.schemas.database;

import java.sql.SQLException;

/** The sentence in a chain of exceptions that a person can do something about, on one line. */
public final class RootMessage {
    private RootMessage() {}

    /** What the server or the driver said where the database is at fault, else what the exception itself says. */
    public static String of(Throwable failure) {
        Throwable telling = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                telling = cause;
            }
        }
        String message = telling.getMessage();
        return message == null || message.isBlank()
                ? telling.toString()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
