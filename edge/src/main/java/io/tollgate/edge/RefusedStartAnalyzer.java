package io.tollgate.edge;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a person the reason and what to do, in place of a stack trace. */
final class RefusedStartAnalyzer extends AbstractFailureAnalyzer<RefusedStartException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedStartException cause) {
        return new FailureAnalysis(cause.reason() + ".", cause.action(), cause);
    }
}
