/**
 * Everything in one JVM: Kafka, PostgreSQL, the schema registry and the four services, on 127.0.0.1, with their data in
 * one folder. {@link io.tollgate.standalone.StandaloneStack} is all of it; {@link io.tollgate.standalone.Tollgate} is
 * the command around it.
 */
@NullMarked
package io.tollgate.standalone;

import org.jspecify.annotations.NullMarked;
