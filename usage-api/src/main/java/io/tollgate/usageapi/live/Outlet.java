package io.tollgate.usageapi.live;

/** The connection that a subscriber is told by. */
interface Outlet {

    /** Whether it takes more now; a reader that does not read makes it say no. */
    boolean isWritable();

    /** Cuts it: what is written can't be ended in order, since nobody reads it. */
    void abort();
}
