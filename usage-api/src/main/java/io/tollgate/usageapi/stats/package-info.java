/**
 * Usage totals by window: parsing the question, finding the windows' edges in a time zone, asking, answering.
 */
@NullMarked
package io.tollgate.usageapi.stats;

import org.jspecify.annotations.NullMarked;
