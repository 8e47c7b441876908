/** How fast reports are answered: a year of usage in PostgreSQL, and the questions of a dashboard. */
@NullMarked
package io.tollgate.bench.reports;

import org.jspecify.annotations.NullMarked;
