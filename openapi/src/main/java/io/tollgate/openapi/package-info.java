/**
 * What a service answers, as data: its {@link io.tollgate.openapi.Operation}s, and the OpenAPI document that is made of
 * them and of the records that are serialised.
 */
@NullMarked
package io.tollgate.openapi;

import org.jspecify.annotations.NullMarked;
