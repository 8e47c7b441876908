package io.tollgate.gateway.ingest;

/** What the parts of a call are named where a client states them, so that an objection names what the client knows. */
public record CallNames(String id, String source, String user, String time, String provider, String model) {}
