package io.tollgate.gateway.admin;

import io.tollgate.avro.Actor;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    /** A switch among the parameters: false where it is not given; null where it is neither true nor false. */
    public @Nullable Boolean flag(String name) {
        String text = query.get(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        return text.equals("true") ? Boolean.TRUE : null;
    }

    /**
     * The refusal of a parameter that is none of those, null where there is none such. What has a typing error in its name
     * would else be passed by, and something done that nobody asked for.
     */
    public @Nullable Answer refuseUnknown(String... known) {
        Set<String> all = new TreeSet<>(List.of(known));
        return query.keySet().stream()
                .filter(name -> !all.contains(name))
                .findFirst()
                .map(name -> refuse("there is no parameter " + name + " here; there are " + all))
                .orElse(null);
    }

    /** 400: a parameter is not what it must be. */
    public Answer refuse(String detail) {
        return Answer.problem(Problem.unreadable("invalid_parameter", detail), requestId);
    }
}
