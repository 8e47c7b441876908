package io.tollgate.gateway.config;

import io.tollgate.gateway.admin.AdminRequest;
import io.tollgate.gateway.admin.Admins;
import io.tollgate.gateway.admin.Etag;
import io.tollgate.gateway.admin.Fields;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The whole configuration as one document, read and applied. Also what is read is read by the writer: at one moment. */
public final class ConfigDocuments {
    static final String DRY_RUN = "dry_run";

    private static final Problem NOT_ADMIN = Problem.of(
            403,
            "role_missing",
            "The administrator may not do this",
            "a document with administrators takes the role admin; leave the member admins out");

    private final Clock clock;

    public ConfigDocuments(Clock clock) {
        this.clock = clock;
    }

    /** What is configured, of {@code ?kinds=} only those; {@code ?prices=own|all|none}. Its ETag is the configuration's. */
    public Answer get(AdminRequest request, Backbone backbone) {
        Answer unknown = request.refuseUnknown("kinds", "prices");
        if (unknown != null) {
            return unknown;
        }
        Set<String> kinds = kinds(request.query().get("kinds"));
        Export.Prices prices = Export.Prices.of(request.query().get("prices"));
        if (kinds == null || prices == null) {
            return request.refuse(
                    kinds == null ? "kinds are some of " + Document.kinds() : "prices is own, all or none");
        }
        return backbone.writer().write(request.actor(), () -> {
            Configured configured = Configured.of(backbone);
            return Decision.unchanged(
                    Answer.json(200, Export.of(configured, kinds, prices)).with("etag", Etag.of(configured.version())));
        });
    }

    /** Makes it so, all or nothing; {@code ?dry_run=true} says what that would change, {@code ?prune=true} also ends. */
    public Answer post(AdminRequest request, Backbone backbone) {
        Answer unknown = request.refuseUnknown(DRY_RUN, "prune");
        if (unknown != null) {
            return unknown;
        }
        Boolean dryRun = request.flag(DRY_RUN);
        Boolean prune = request.flag("prune");
        if (dryRun == null || prune == null) {
            return request.refuse("dry_run and prune are true or false");
        }
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        Document document = Document.of(body.tree(), errors);
        return decide(request, backbone, clock, dryRun, null, (configured, draft) -> {
            if (document.members().containsKey("admins") && !Admins.mayAppoint(request, backbone)) {
                return NOT_ADMIN;
            }
            draft.errors().addAll(errors);
            document.applyTo(draft, prune);
            return null;
        });
    }

    /**
     * Decides on a draft and writes what it came to.
     *
     * @param auditedAs null: created, replaced, deleted
     * @param edit its answer is why it can't be done, null where it can
     */
    static Answer decide(
            AdminRequest request,
            Backbone backbone,
            Clock clock,
            boolean dryRun,
            @Nullable String auditedAs,
            BiFunction<Configured, Draft, @Nullable Problem> edit) {
        long now = Times.micros(clock);
        return backbone.writer().write(request.actor(), () -> {
            Configured configured = Configured.of(backbone);
            Problem mismatch = Etag.check(request, configured.version());
            if (mismatch != null) {
                return Decision.unchanged(Answer.problem(mismatch, request.requestId()));
            }
            Draft draft = new Draft(configured, now, auditedAs);
            Problem problem = edit.apply(configured, draft);
            if (problem == null && !draft.errors().isEmpty()) {
                problem = Problem.invalid(draft.errors());
            }
            if (problem != null) {
                return Decision.unchanged(Answer.problem(problem, request.requestId()));
            }
            Outcome outcome = draft.outcome(dryRun);
            Answer answer = Answer.json(200, outcome).with("etag", Etag.of(outcome.configVersion()));
            return dryRun ? Decision.unchanged(answer) : new Decision<>(draft.changes(), answer);
        });
    }

    private static @Nullable Set<String> kinds(@Nullable String text) {
        Set<String> all = Document.kinds();
        Set<String> wanted = text == null ? all : new HashSet<>(List.of(text.split(",", -1)));
        return all.containsAll(wanted) ? wanted : null;
    }
}
