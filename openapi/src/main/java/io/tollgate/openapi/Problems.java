package io.tollgate.openapi;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Codes of the problems that calls have in common, and how a problem looks. */
final class Problems {
    static final String SCHEMA =
            """
            {"type":"object","description":"RFC 9457; `code` is for programs and stays as it is, `detail` is for people",
             "required":["type","title","status","detail","code","instance"],
             "properties":{
               "type":{"type":"string","description":"urn:tollgate:problem: and the code"},
               "title":{"type":"string"},
               "status":{"type":"integer"},
               "detail":{"type":"string","description":"what was wrong, with which value, and what to do"},
               "code":{"type":"string"},
               "instance":{"type":"string","description":"the request's id, which the log has, too"},
               "errors":{"type":"array","description":"each thing that is wrong in a body or a query",
                 "items":{"type":"object","required":["code","detail"],"additionalProperties":false,
                   "properties":{"pointer":{"type":"string","description":"RFC 6901, of the member"},
                     "parameter":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}}}}}}
            """;

    private Problems() {}

    static SortedMap<Integer, Set<String>> of(Operation operation) {
        SortedMap<Integer, Set<String>> problems = new TreeMap<>();
        operation.problems().forEach((status, codes) -> problems.put(status, new TreeSet<>(codes)));
        Access access = operation.access();
        if (access.takesKeys()) {
            add(problems, 401, "missing_key", "unknown_key", "revoked_key", "expired_key");
            add(problems, 403, "scope_missing", "company_gone");
        }
        if (access.takesAdmins()) {
            add(problems, 401, "missing_token", "unknown_token", "expired_token");
        }
        if (access.roles().size() > 1) {
            add(problems, 403, "role_missing");
        }
        if (!access.equals(Access.OPEN)) {
            add(problems, 429, "too_many_failures");
            add(problems, 500, "internal_error");
        }
        return problems;
    }

    private static void add(SortedMap<Integer, Set<String>> problems, int status, String... codes) {
        problems.computeIfAbsent(status, none -> new TreeSet<>()).addAll(List.of(codes));
    }
}
