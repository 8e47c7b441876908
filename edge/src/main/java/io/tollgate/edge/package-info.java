/**
 * What the HTTP side of every service does alike: whose secret a request carries, where the service may listen, TLS, and
 * the headers of every answer. A service has it by having it on its classpath; what a caller may do is each service's own.
 */
@NullMarked
package io.tollgate.edge;

import org.jspecify.annotations.NullMarked;
