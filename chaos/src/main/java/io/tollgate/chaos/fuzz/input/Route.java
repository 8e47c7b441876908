package io.tollgate.chaos.fuzz.input;

import java.util.List;
import java.util.Map;

/**
 * A route of a service, as its OpenAPI document tells of it.
 *
 * @param service its number among the services
 * @param path with its variables in braces
 * @param query names of the parameters
 * @param examples of its body by media type, JSON; none: it takes none, or shows none
 */
public record Route(int service, String method, String path, List<String> query, Map<String, String> examples) {
    @Override
    public String toString() {
        return method + " " + path;
    }
}
