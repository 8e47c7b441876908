package io.tollgate.gateway.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdicts of one request, and the answer that they make once the accepted ones are acknowledged. */
public record Report(List<Verdict> verdicts, List<Verdict.Accepted> accepted) {
    private static final String ACCEPTED = "accepted";
    private static final String REJECTED = "rejected";

    public static Report of(List<Verdict> verdicts) {
        List<Verdict.Accepted> accepted = new ArrayList<>(verdicts.size());
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Accepted taken) {
                accepted.add(taken);
            }
        }
        return new Report(verdicts, accepted);
    }

    boolean allRejected() {
        return accepted.isEmpty() && !verdicts.isEmpty();
    }

    /** 204 or 200, 207, 422. */
    Answer answer(boolean wantsBody, String requestId) {
        if (allRejected()) {
            return Answer.problem(allRejectedProblem(), requestId, body());
        }
        boolean allAccepted = accepted.size() == verdicts.size();
        if (allAccepted && !wantsBody) {
            return Answer.NO_CONTENT;
        }
        return Answer.json(allAccepted ? 200 : 207, body());
    }

    private Problem allRejectedProblem() {
        List<FieldError> errors = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Rejected rejected) {
                Rejection why = rejected.rejection();
                errors.add(new FieldError(why.pointer(), why.code().word(), why.detail()));
            }
        }
        FieldError first = errors.get(0);
        return errors.size() == 1
                ? new Problem(422, first.code(), "The event was rejected", first.detail(), errors)
                : new Problem(
                        422,
                        "all_rejected",
                        "All events were rejected",
                        "none of the " + errors.size() + " events was taken; see errors",
                        errors);
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(ACCEPTED, accepted.size());
        body.put(REJECTED, verdicts.size() - accepted.size());
        List<Result> results = new ArrayList<>(verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            results.add(Result.of(i, verdicts.get(i)));
        }
        body.put("results", results);
        return body;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            int index,
            @Nullable String id,
            String verdict,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String pointer) {
        static Result of(int index, Verdict verdict) {
            if (verdict instanceof Verdict.Rejected rejected) {
                Rejection why = rejected.rejection();
                return new Result(index, verdict.id(), REJECTED, why.code().word(), why.detail(), why.pointer());
            }
            return new Result(index, verdict.id(), ACCEPTED, null, null, null);
        }
    }
}
