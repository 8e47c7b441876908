package io.tollgate.sink.consume;

/** The batch is to be tried again. The container sees no other exception from the listener. */
final class BatchNotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchNotWrittenException(String topic, Exception cause) {
        super("a batch of " + topic + " was not written", cause);
    }
}
