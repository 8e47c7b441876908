/** The way to PostgreSQL: where it is, the pool of connections, the schema's migrations, what its errors mean. */
@NullMarked
package io.tollgate.sink.database;

import org.jspecify.annotations.NullMarked;
