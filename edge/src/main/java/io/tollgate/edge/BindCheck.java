package io.tollgate.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A service listens for others than this machine only where its admin token, if it has one, can't be guessed. Without a
 * token the admin API refuses every call, so that is safe anywhere.
 */
public final class BindCheck {
    private static final String ACTION =
            "Set TOLLGATE_ADMIN_TOKEN (tollgate.admin-token) to what `openssl rand -hex 32`"
                    + " prints, or to nothing, or let the service listen on 127.0.0.1.";

    private BindCheck() {}

    /**
     * Passes, or says what to do.
     *
     * @param setting the name of the setting that holds the address
     * @param address null: everywhere
     * @param adminToken null or blank: none
     * @throws RefusedStartException where the token can be guessed and others can try
     */
    public static void require(String setting, @Nullable String address, @Nullable String adminToken) {
        if (adminToken == null || adminToken.isBlank() || isLoopback(address)) {
            return;
        }
        String weakness = TokenStrength.weakness(adminToken);
        if (weakness != null) {
            throw new RefusedStartException(
                    "The admin token " + weakness + ", and " + setting + " is "
                            + (address == null ? "not set, so the service would listen everywhere" : address)
                            + ": others than this machine could guess it",
                    ACTION);
        }
    }

    /** Whether only this machine reaches an address; null is every address. */
    public static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address.strip()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Whoever listens there will say so.
            return false;
        }
    }
}
