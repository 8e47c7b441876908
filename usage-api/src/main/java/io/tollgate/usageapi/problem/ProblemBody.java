package io.tollgate.usageapi.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

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
                problem.status().getReasonPhrase(),
                problem.status().value(),
                problem.detail(),
                problem.code(),
                requestId,
                parameter == null ? List.of() : List.of(new AtFault(parameter, problem.code(), problem.detail())));
    }
}
