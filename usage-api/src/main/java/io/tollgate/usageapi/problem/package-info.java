/**
 * Errors to people: RFC 9457 problem documents, and the query parameters that most of them are about.
 */
@NullMarked
package io.tollgate.usageapi.problem;

import org.jspecify.annotations.NullMarked;
