package io.tollgate.standalone.oracle;

import io.tollgate.standalone.oracle.Oracle.Day;

/** Where money is booked: amounts of different currencies are never added. */
public record Account(Day day, String currency) implements Comparable<Account> {
    @Override
    public int compareTo(Account other) {
        return toString().compareTo(other.toString());
    }
}
