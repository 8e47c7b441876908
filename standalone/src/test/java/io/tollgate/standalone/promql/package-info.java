/** As much of Prometheus as it takes to check that a query asks for what there is. */
@NullMarked
package io.tollgate.standalone.promql;

import org.jspecify.annotations.NullMarked;
