package io.tollgate.gateway.admin;

import io.tollgate.avro.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An admin call, apart from the server that took it.
 *
 * @param path variables of the route
 * @param query first value of each parameter
 * @param company whose key calls; null: an administrator
 * @param actor who calls, for the audit
 * @param ifMatch header If-Match
 * @param ifNoneMatch header If-None-Match
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record AdminRequest(
        Map<String, String> path,
        Map<String, String> query,
        @Nullable String company,
        Actor actor,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        byte[] body,
        String requestId) {

    /** A variable that the route is sure to have. */
    public String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }
}
