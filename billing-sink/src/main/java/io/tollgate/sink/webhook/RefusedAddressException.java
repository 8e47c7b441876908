package io.tollgate.sink.webhook;

import java.net.InetAddress;

/** The receiver's name leads to no address that may be connected to. */
final class RefusedAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String host, InetAddress address) {
        super(host + " is at " + address.getHostAddress()
                + ", no public address; tollgate.webhooks.allow-private=true allows it");
    }
}
