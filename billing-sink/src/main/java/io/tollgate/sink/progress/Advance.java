package io.tollgate.sink.progress;

/** One partition's step: from the offset that the writer believes the books stand at to the one after its batch. */
public record Advance(int partition, long expected, long next) {}
