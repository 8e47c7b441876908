package io.tollgate.usageapi.export.period;

import java.time.LocalDate;

/**
 * When a row of the ledger is billed.
 *
 * @param day in UTC; its month is the row's billing period
 * @param adjustment whether the row came too late for the month that its event is of, and is billed in a later one
 */
public record Billing(LocalDate day, boolean adjustment) {}
