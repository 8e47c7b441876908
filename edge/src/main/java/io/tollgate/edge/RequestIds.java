package io.tollgate.edge;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names a request: as the caller did in {@value #HEADER} if it is a plain name, else by a count behind a random start. */
public final class RequestIds {
    public static final String HEADER = "x-request-id";

    private static final int MAX_LENGTH = 128;
    private static final HexFormat HEX = HexFormat.of();

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    public RequestIds() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        this.prefix = "req_" + HEX.formatHex(random) + "_";
    }

    public String of(@Nullable CharSequence given) {
        return given != null && isPlain(given) ? given.toString() : prefix + Long.toHexString(count.incrementAndGet());
    }

    /** Goes into a header, a log and JSON as it is: nothing but letters, digits and a few marks. */
    private static boolean isPlain(CharSequence id) {
        if (id.length() == 0 || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && "-_.:/+=".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
