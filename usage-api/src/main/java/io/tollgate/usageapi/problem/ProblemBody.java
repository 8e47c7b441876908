package io.tollgate.usageapi.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A problem as it travels (RFC 9457). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(
        String type, String title, int status, String detail, String code, String instance, List<AtFault> errors) {

    /** Which query parameter it is about. */
    record AtFault(String parameter, String code, String detail) {}

    static ProblemBody of(Problem problem, String requestId) {
        String parameter = problem.parameter();
        return new ProblemBody(
                "urn:tollgate:problem:" + problem.code(),
                title(problem.status()),
                problem.status().value(),
                problem.detail(),
                problem.code(),
                requestId,
                parameter == null ? List.of() : List.of(new AtFault(parameter, problem.code(), problem.detail())));
    }

    /** The gateway's words, where it has the same problem. */
    private static String title(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request can't be read";
            case UNAUTHORIZED -> "Who calls is not known";
            case FORBIDDEN -> "The key may not do this";
            case NOT_FOUND -> "Not found";
            case METHOD_NOT_ALLOWED -> "Method not allowed";
            case NOT_ACCEPTABLE -> "There is no answer of this type";
            case TOO_MANY_REQUESTS -> "Too many wrong secrets";
            case INTERNAL_SERVER_ERROR -> "Something is wrong here";
            case SERVICE_UNAVAILABLE -> "The service can't answer this now";
            default -> status.getReasonPhrase();
        };
    }
}
