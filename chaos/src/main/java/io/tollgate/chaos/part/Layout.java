package io.tollgate.chaos.part;

/**
 * How many of each process there are.
 *
 * @param brokers 1, or 3 with three copies of everything, of which two must be in sync for an ack
 * @param standbys warm copies of each store on another streams instance
 * @param proxied whether the second of each service reaches brokers and database through the fault proxies
 * @param heapMb of each service
 */
public record Layout(int brokers, int gateways, int streams, int standbys, int sinks, boolean proxied, int heapMb) {
    private static final int SMALL_HEAP_MB = 256;
    private static final int HEAP_MB = 384;

    public Layout {
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("1 or 3 brokers, not " + brokers);
        }
        if (gateways < 1 || streams < 1 || sinks < 1) {
            throw new IllegalArgumentException("at least one of each service");
        }
    }

    /** What fits into a build. */
    public static Layout small() {
        return new Layout(1, 1, 2, 0, 1, false, SMALL_HEAP_MB);
    }

    /** One of each, for what does not ask how they share the work. */
    public static Layout single() {
        return new Layout(1, 1, 1, 0, 1, false, HEAP_MB);
    }

    /** Nothing is there once only. */
    public static Layout whole() {
        return new Layout(3, 2, 2, 1, 2, true, HEAP_MB);
    }

    int copies() {
        return brokers;
    }
}
