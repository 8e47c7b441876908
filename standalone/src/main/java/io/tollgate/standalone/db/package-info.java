/** {@code tollgate db …}: the schema in PostgreSQL, its versions and its upkeep. */
@NullMarked
package io.tollgate.standalone.db;

import org.jspecify.annotations.NullMarked;
