package io.tollgate.chaos.load;

/**
 * One thing to be sent, and sent again until it is acknowledged.
 *
 * @param source of the event that it is about
 * @param id of the event that it is about
 * @param json the CloudEvent
 */
record Submission(Kind kind, String company, String source, String id, String json) {
    /** As the record of what was sent calls it. */
    enum Kind {
        USAGE("usage"),
        VOID("void"),
        MALFORMED("malformed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
