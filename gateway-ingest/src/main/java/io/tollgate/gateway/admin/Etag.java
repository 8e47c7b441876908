package io.tollgate.gateway.admin;

import io.tollgate.gateway.http.Problem;
import org.jspecify.annotations.Nullable;

/** A record's version as an ETag, and the conditions that a caller puts on it (RFC 9110). */
public final class Etag {
    private Etag() {}

    public static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /**
     * Whether the call may go on.
     *
     * @param version of what is there now; null: nothing is
     * @return the problem if it may not
     */
    public static @Nullable Problem check(AdminRequest request, @Nullable Long version) {
        String ifMatch = request.ifMatch();
        if (ifMatch != null && !matches(ifMatch, version)) {
            return failed(
                    version == null
                            ? "If-Match is " + ifMatch + " and there is none"
                            : "If-Match is " + ifMatch + " and the version is " + of(version)
                                    + "; read it again and change that");
        }
        String ifNoneMatch = request.ifNoneMatch();
        if (ifNoneMatch != null && matches(ifNoneMatch, version)) {
            return failed("If-None-Match is " + ifNoneMatch + " and it is there already");
        }
        return null;
    }

    private static Problem failed(String detail) {
        return Problem.of(412, "version_mismatch", "It is not what you think it is", detail);
    }

    private static boolean matches(String header, @Nullable Long version) {
        if (version == null) {
            return false;
        }
        for (String tag : header.split(",", -1)) {
            if (tag.trim().equals("*") || tag.trim().equals(of(version))) {
                return true;
            }
        }
        return false;
    }
}
