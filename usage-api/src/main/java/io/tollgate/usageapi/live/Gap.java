package io.tollgate.usageapi.live;

/** Records before it could not be read: who comes by must load totals anew. */
record Gap(Reset reason, Position end) implements Entry {
    @Override
    public long weight() {
        return 1_000;
    }
}
