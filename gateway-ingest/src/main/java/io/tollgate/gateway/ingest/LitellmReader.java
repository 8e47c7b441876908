package io.tollgate.gateway.ingest;

import io.tollgate.avro.Usage;
import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.LitellmCall;
import io.tollgate.gateway.format.LitellmLog;
import io.tollgate.schemas.submission.RejectionCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One object of LiteLLM's log to an event. Prompts and answers are stepped over. */
record LitellmReader(EventInput input, @Nullable String givenSource, Sender sender, long now) {
    private static final CallNames NAMES =
            new CallNames("id", VendorCall.SOURCE, "end_user", "endTime", "custom_llm_provider", "model");

    /** Reads the object that the parser stands at. */
    Verdict read() {
        List<JsonNode> log = BodyReader.read(input.json(), LitellmLog.FORMAT);
        LitellmCall call = LitellmCall.of(log.get(0));
        String source = givenSource == null || givenSource.isBlank() ? sender.authId() : givenSource;
        if (call.id() == null) {
            input.reject(
                    RejectionCode.INVALID_EVENT,
                    "",
                    "id",
                    "id is missing, None or too long, and there is no litellm_call_id: another call could not be told"
                            + " from this one");
        }
        ReadCall read = new ReadCall(
                source, String.valueOf(call.id()), call.user(), call.time(), usage(call), LitellmLog.FORMAT, log);
        return read.verdict(NAMES, input, sender, now);
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
}
