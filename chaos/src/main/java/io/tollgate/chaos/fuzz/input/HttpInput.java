package io.tollgate.chaos.fuzz.input;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one request.
 *
 * @param service that they are for
 * @param route that they are about
 * @param owed whether it is a whole request by HTTP's own rules, so that a status must come; what breaks them may be
 *     answered by the end of the connection
 * @param bodiless whether the answer has no body whatever its headers say
 * @param event the id of the event that may be in it; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record HttpInput(
        long number, int service, String route, byte[] bytes, boolean owed, boolean bodiless, @Nullable String event) {}
