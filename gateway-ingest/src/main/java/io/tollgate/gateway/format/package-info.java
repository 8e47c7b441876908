/**
 * Vendors' own response bodies → disjoint quantities. Pure: JSON in, a {@link io.tollgate.gateway.format.Reading} out. One
 * small class for each family of formats; {@link io.tollgate.gateway.format.Formats} is the table of contents.
 */
@NullMarked
package io.tollgate.gateway.format;

import org.jspecify.annotations.NullMarked;
