package io.tollgate.gateway.otlp;

import java.util.List;
import java.util.stream.Stream;

/** What instrumentations name the parts of a call, the conventions' present name first. */
final class Names {
    static final List<String> PROVIDER =
            List.of("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider");
    static final List<String> RESPONSE_MODEL =
            List.of("gen_ai.response.model", "ai.response.model", "llm.response.model");
    static final List<String> REQUEST_MODEL = List.of("gen_ai.request.model", "llm.request.model", "ai.model.id");
    /** OpenInference does not tell the two apart. */
    static final List<String> EITHER_MODEL = List.of("llm.model_name", "embedding.model_name", "reranker.model_name");

    static final List<String> RESPONSE_ID = List.of("gen_ai.response.id", "ai.response.id", "llm.response.id");
    static final List<String> SERVICE_TIER =
            List.of("openai.response.service_tier", "gen_ai.openai.response.service_tier");
    static final List<String> HOST = List.of("server.address", "gen_ai.openai.api_base", "openai.api_base");
    static final List<String> USER = List.of(
            "user.id",
            "enduser.id",
            "ai.telemetry.metadata.userId",
            "ai.telemetry.metadata.user_id",
            "traceloop.association.properties.user_id");
    static final List<String> STATUS = List.of("http.response.status_code", "http.status_code");
    static final List<String> ERROR = List.of("error.type");
    static final List<String> RESERVATION = List.of("tollgate.reservation");
    static final List<String> SERVICE = List.of("service.name");
    static final List<String> ENVIRONMENT = List.of("deployment.environment.name", "deployment.environment");
    static final List<String> AGENT = List.of("gen_ai.agent.name");
    static final List<String> FUNCTION = List.of("ai.telemetry.functionId");
    static final List<String> WORKFLOW = List.of("traceloop.workflow.name");

    /** Any attribute of this prefix, of a span or its service, is a label. */
    static final String LABEL = "tollgate.label.";

    private Names() {}

    static Stream<String> all() {
        return Stream.of(
                        PROVIDER,
                        RESPONSE_MODEL,
                        REQUEST_MODEL,
                        EITHER_MODEL,
                        RESPONSE_ID,
                        SERVICE_TIER,
                        HOST,
                        USER,
                        STATUS,
                        ERROR,
                        RESERVATION,
                        SERVICE,
                        ENVIRONMENT,
                        AGENT,
                        FUNCTION,
                        WORKFLOW)
                .flatMap(List::stream);
    }
}
