/**
 * The contract between the services: which topics there are, how their keys are made, how their values are written.
 * Avro classes are generated into {@code io.tollgate.avro}. No logic lives here.
 */
@NullMarked
package io.tollgate.schemas;

import org.jspecify.annotations.NullMarked;
