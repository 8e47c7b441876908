package io.tollgate.usageapi.live;

/** What the {@link Ring} holds, in the order in which it is told. */
sealed interface Entry permits Frame, Gap {

    /** How far who has read it has read. */
    Position end();

    /** About what it takes in memory. */
    long weight();
}
