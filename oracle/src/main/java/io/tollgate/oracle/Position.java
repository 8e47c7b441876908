package io.tollgate.oracle;

/** Where a record of {@code usage.events} lies. */
record Position(int partition, long offset) {
    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
