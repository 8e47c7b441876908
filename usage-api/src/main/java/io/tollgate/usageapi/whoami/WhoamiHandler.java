package io.tollgate.usageapi.whoami;

import io.tollgate.avro.Company;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.access.Callers;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.Reads;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/whoami}. */
@Component
public final class WhoamiHandler {
    public static final Operation OPERATION = Reads.of(
                    "/v1/whoami", "Whether the caller is a key or an administrator, and of which company", Set.of())
            .answers(200, "the caller", Shape.of(WhoamiBody.class));

    private final Callers callers;
    private final ConfigTable<Company> companies;

    WhoamiHandler(Callers callers, ConfigTable<Company> companies) {
        this.callers = callers;
        this.companies = companies;
    }

    /** Who asks. */
    public Mono<ServerResponse> get(ServerRequest request) {
        Caller caller = callers.identify(request.headers().asHttpHeaders());
        QueryParameters.of(request.queryParams(), Set.of());
        WhoamiBody body = caller instanceof Caller.OfCompany own
                ? WhoamiBody.key(own.company(), companies.get(own.company()))
                : WhoamiBody.admin();
        return ServerResponse.ok().bodyValue(body);
    }
}
