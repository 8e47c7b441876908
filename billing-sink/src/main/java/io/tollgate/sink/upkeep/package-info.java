/** What the tables need from time to time: days made ahead, and what is past its time taken away. */
@NullMarked
package io.tollgate.sink.upkeep;

import org.jspecify.annotations.NullMarked;
