/**
 * {@code /api/v1/meters}: totals in the shape of OpenMeter's API, for the clients and charts that were made for it. Its
 * names are theirs, in camel case.
 */
@NullMarked
package io.tollgate.usageapi.meter;

import org.jspecify.annotations.NullMarked;
