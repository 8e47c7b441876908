package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;

/** One kind of request that brings events: how it is read, and how its senders want to hear of a refusal. */
@FunctionalInterface
public interface Intake {
    /** By the head alone; the body is not there yet. */
    Form.Result form(HttpHeaders headers);

    /** Of the request as a whole, whatever the reason. */
    default Answer refused(Problem why, HttpHeaders headers, String requestId) {
        return Answer.problem(why, requestId);
    }
}
