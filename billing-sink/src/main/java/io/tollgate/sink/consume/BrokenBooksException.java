package io.tollgate.sink.consume;

/** The log can't be continued from where the books stand. Trying again does not help: a person must decide. */
final class BrokenBooksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenBooksException(String message) {
        super(message);
    }
}
