/**
 * The real servers that Tollgate stands on, started as a library: Kafka's broker in this JVM, PostgreSQL as a child
 * process, and a schema registry. {@code standalone} runs on them, and so do the integration tests of every module.
 * They listen on 127.0.0.1 only, and everything they keep lives under the folder that they are given.
 */
@NullMarked
package io.tollgate.embedded;

import org.jspecify.annotations.NullMarked;
