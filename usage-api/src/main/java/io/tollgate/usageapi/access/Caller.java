package io.tollgate.usageapi.access;

import io.tollgate.usageapi.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Who asks, and so whose rows there are to see. */
public sealed interface Caller {

    /** One company's key: nothing but that company exists. */
    record OfCompany(String company) implements Caller {}

    /** Sees every company. */
    record Admin() implements Caller {}

    /**
     * Only for administrators, whatever their role.
     *
     * @throws Problem if it is a key
     */
    default void requireAdministrator() {
        if (this instanceof OfCompany) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN,
                    "administrators_only",
                    "A key can't read this; an administrator's token can.");
        }
    }

    /**
     * The one company that the answer is limited to, null for all.
     *
     * @param asked the company that the request names, if any
     * @throws Problem if that is not the caller's own
     */
    default @Nullable String limitedTo(@Nullable String asked) {
        if (this instanceof OfCompany own) {
            if (asked != null && !asked.equals(own.company)) {
                throw Problem.of(
                        HttpStatus.FORBIDDEN,
                        "other_company",
                        "This key is of company " + own.company + " and can't read " + asked + ".");
            }
            return own.company;
        }
        return asked;
    }
}
