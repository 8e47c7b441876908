/** The system that is disturbed: brokers, database, registry and services, each a process. */
@NullMarked
package io.tollgate.chaos.part;

import org.jspecify.annotations.NullMarked;
