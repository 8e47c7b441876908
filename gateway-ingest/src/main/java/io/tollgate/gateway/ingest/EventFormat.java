package io.tollgate.gateway.ingest;

/** How a request holds its events. */
enum EventFormat {
    /** {@code application/cloudevents+json}. */
    ONE,
    /** {@code application/cloudevents-batch+json}. */
    BATCH,
    /** {@code application/json}: whichever it is. */
    EITHER,
    /** Attributes in {@code ce-} headers, the body is the data. */
    BINARY;

    boolean takesOne() {
        return this == ONE || this == EITHER;
    }

    boolean takesBatch() {
        return this == BATCH || this == EITHER;
    }

    String expectation() {
        return switch (this) {
            case ONE ->
                "application/cloudevents+json is one JSON object; a batch is" + " application/cloudevents-batch+json";
            case BATCH -> "application/cloudevents-batch+json is a JSON array of events";
            case EITHER, BINARY -> "the body must be a JSON object or an array of them";
        };
    }
}
