/** The schema of the database: its versions, forth and back, and who may do what in it. */
@NullMarked
package io.tollgate.sink.migration;

import org.jspecify.annotations.NullMarked;
