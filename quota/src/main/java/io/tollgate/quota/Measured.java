package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;

/** Amounts of usage by the metrics that quotas and rules count; a difference may be negative. */
public interface Measured {
    Decimal requests();

    Decimal tokens();

    /** In the currency; 0 of what is in another. */
    Decimal cost(String currency);

    /** Requests that failed. */
    Decimal errors();

    /** Requests whose cost is not known. */
    Decimal unpriced();

    /** 0 where there is none of it. */
    Decimal dimension(String name);
}
