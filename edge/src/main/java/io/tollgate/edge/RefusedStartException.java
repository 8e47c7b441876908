package io.tollgate.edge;

import java.io.Serial;

/** A service won't start with what it was told: why, and what to do about it. */
public final class RefusedStartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String action;

    RefusedStartException(String reason, String action) {
        super(reason + ". " + action);
        this.reason = reason;
        this.action = action;
    }

    String reason() {
        return reason;
    }

    String action() {
        return action;
    }
}
