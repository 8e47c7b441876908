package io.tollgate.sink.upkeep;

/**
 * What a table holds past its time.
 *
 * @param what a partition's name, or the table itself where its rows are deleted
 * @param rows how many rows go with it
 */
public record PastTime(String table, String what, long rows) {}
