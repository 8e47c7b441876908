/**
 * PostgreSQL, read only: a small pool, and snapshots in which several queries see the same state.
 */
@NullMarked
package io.tollgate.usageapi.database;

import org.jspecify.annotations.NullMarked;
