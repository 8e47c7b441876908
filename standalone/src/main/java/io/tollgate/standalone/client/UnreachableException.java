package io.tollgate.standalone.client;

import java.io.IOException;

/** Nobody answers where a service should be. The message says what to do. */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    public UnreachableException(String message) {
        super(message);
    }
}
