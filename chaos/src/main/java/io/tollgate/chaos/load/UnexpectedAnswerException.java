package io.tollgate.chaos.load;

/** An answer that no disturbance excuses, or one of those that an administrator tries again. */
public final class UnexpectedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
        super(message);
    }
}
