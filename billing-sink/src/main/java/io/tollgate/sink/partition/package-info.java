/** The daily partitions of the big tables: made before they are needed, dropped when they are old. */
@NullMarked
package io.tollgate.sink.partition;

import org.jspecify.annotations.NullMarked;
