/**
 * The usage API: reports, single events and the balance, from PostgreSQL. It only reads. {@link
 * io.tollgate.usageapi.ApiRoutes} lists every route.
 */
@NullMarked
package io.tollgate.usageapi;

import org.jspecify.annotations.NullMarked;
