/**
 * {@code GET /v1/quotas}: how quotas stand, open admissions included, by the same book that the gateway decides with, kept
 * true by the same topics.
 */
@NullMarked
package io.tollgate.usageapi.quota;

import org.jspecify.annotations.NullMarked;
