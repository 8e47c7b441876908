/**
 * A small schema registry in this process, for the one-command start: the part of Confluent's REST interface that
 * serializers need, Avro only, one node, no access control. Its ids outlive restarts. In production the same URL
 * setting points to a real registry.
 */
@NullMarked
package io.tollgate.embedded.registry;

import org.jspecify.annotations.NullMarked;
