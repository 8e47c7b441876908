package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.LitellmCall;
import io.tollgate.gateway.format.LitellmLog;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One object of LiteLLM's log to an event. Prompts and answers are stepped over. */
record LitellmReader(EventInput input, @Nullable String givenSource, Sender sender, long now) {

    /** Reads the object that the parser stands at. */
    Verdict read() {
        List<JsonNode> log = BodyReader.read(input.json(), LitellmLog.FORMAT);
        LitellmCall call = LitellmCall.of(log.get(0));
        String source = givenSource == null || givenSource.isBlank() ? sender.authId() : givenSource;
        String kept = input.storable(source, "", VendorCall.SOURCE, SubmissionLimits.MAX_TEXT);
        if (call.id() == null) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    "",
                    "id",
                    "id is missing, None or too long, and there is no litellm_call_id: another call could not be told"
                            + " from this one");
        }
        Usage usage = usage(call);
        VendorUsage.fill(usage, LitellmLog.FORMAT, log);
        require(usage);
        if (!sender.mayIngest()) {
            input.reject(RejectionCode.SCOPE_MISSING, "the key lacks the scope 'ingest'");
        }
        return new Event(
                        sender,
                        input,
                        String.valueOf(kept),
                        String.valueOf(call.id()),
                        call.user(),
                        call.time(),
                        "endTime",
                        now)
                .verdict(call.id(), usage, null);
    }

    private static Usage usage(LitellmCall call) {
        Usage usage = new Usage();
        usage.setBillable(!call.isCacheHit());
        usage.setProvider(call.provider());
        usage.setRequestModel(call.requestModel());
        usage.setOperation(call.operation());
        usage.setStatus(call.status());
        usage.setLatencyMs(call.latencyMs());
        usage.setLabels(call.labels());
        return usage;
    }

    private void require(Usage usage) {
        if (usage.getProvider() == null) {
            input.reject(
                    RejectionCode.MISSING_PROVIDER,
                    "",
                    "custom_llm_provider",
                    "custom_llm_provider is missing: who was called is not known");
        }
        if (usage.getModel() == null) {
            input.reject(RejectionCode.MISSING_MODEL, "", "model", "neither model nor response.model is there");
        }
    }
}
