/** {@code GET /}: the page for people, and what it is made of. It holds no data: it asks this service as anyone does. */
@NullMarked
package io.tollgate.usageapi.dashboard;

import org.jspecify.annotations.NullMarked;
