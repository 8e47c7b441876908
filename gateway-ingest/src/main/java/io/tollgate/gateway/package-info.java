/**
 * Everything that enters Tollgate: events and admin changes. Begin with {@link io.tollgate.gateway.GatewayRoutes}, which
 * lists every route.
 */
@NullMarked
package io.tollgate.gateway;

import org.jspecify.annotations.NullMarked;
