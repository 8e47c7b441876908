package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.Job;
import io.tollgate.avro.JobWish;
import io.tollgate.avro.Rerating;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.rerating.JobStatus;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs that rate past events again: asked for, watched, paused and ended here, run elsewhere. */
public final class Reratings {
    /** How long an event is remembered at the least; without its entry nothing can be corrected. */
    private static final Duration REACH = Duration.ofDays(35);

    private static final Map<JobWish, String> ACTIONS =
            Map.of(JobWish.PAUSE, "paused", JobWish.RUN, "resumed", JobWish.CANCEL, "cancelled");

    private static final String ONLY_UNPRICED = "unpriced";
    private static final String BEYOND_REACH = "beyond_reach";

    private static final Kind<Job> JOB = new Kind<>(
            "rerating",
            Topics.CONFIG_JOBS,
            Backbone::jobs,
            job -> ReratingView.of(job, null),
            Job::getId,
            job -> job.getRerating() == null ? null : job.getRerating().getCompany());

    private static final List<String> STATUSES =
            Stream.of(JobStatus.values()).map(JobStatus::word).toList();

    private final Clock clock;

    public Reratings(Clock clock) {
        this.clock = clock;
    }

    public Answer post(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.tree(), "", errors);
        long now = Times.micros(clock);
        String id = Secrets.newId("rerating");
        Job job = new Job(id, JobWish.RUN, read(fields, id, now), 1L, now, now);
        fields.refuseOthers();
        if (!errors.isEmpty()) {
            return Answer.problem(problem(errors), request.requestId());
        }
        String company = job.getRerating().getCompany();
        return backbone.writer().write(request.actor(), () -> {
            if (company != null && backbone.companies().get(company) == null) {
                FieldError unknown = new FieldError("/company", "unknown_company", "there is no company " + company);
                return Decision.unchanged(Answer.problem(Problem.invalid(List.of(unknown)), request.requestId()));
            }
            return Decision.change(
                    changed("created", null, job), answer(202, job, backbone).with("location", path(id)));
        });
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        Job job = find(request, backbone);
        return job == null ? notFound(request) : answer(200, job, backbone);
    }

    /** The newest first. */
    public Answer list(AdminRequest request, Backbone backbone) {
        List<Filter<Job>> filters = List.of(
                Filter.equal("company", JOB.company()),
                Filter.word("status", STATUSES, job -> status(job, backbone).word()));
        return Page.answer(
                request,
                filters,
                backbone.jobs().values().stream().filter(job -> job.getRerating() != null),
                job -> "%019d".formatted(Long.MAX_VALUE - job.getCreatedAt()) + job.getId(),
                job -> ReratingView.of(job, backbone.jobsProgress().get(job.getId())));
    }

    /** It stops where it is, and what was sent stays sent. */
    public Answer pause(AdminRequest request, Backbone backbone) {
        return wish(request, backbone, JobWish.PAUSE, job -> answer(200, job, backbone));
    }

    /** It goes on where it stopped. */
    public Answer resume(AdminRequest request, Backbone backbone) {
        return wish(request, backbone, JobWish.RUN, job -> answer(200, job, backbone));
    }

    /** It stops for good; what was sent stays sent. */
    public Answer cancel(AdminRequest request, Backbone backbone) {
        return wish(request, backbone, JobWish.CANCEL, job -> answer(200, job, backbone));
    }

    /** {@link #cancel} as a DELETE; the job stays readable. */
    public Answer delete(AdminRequest request, Backbone backbone) {
        return wish(request, backbone, JobWish.CANCEL, job -> Answer.NO_CONTENT);
    }

    private Answer wish(AdminRequest request, Backbone backbone, JobWish wanted, Function<Job, Answer> answer) {
        long now = Times.micros(clock);
        return backbone.writer().write(request.actor(), () -> {
            Job prior = find(request, backbone);
            if (prior == null) {
                return Decision.unchanged(notFound(request));
            }
            Problem mismatch = Etag.check(request, prior.getVersion());
            if (mismatch != null) {
                return Decision.unchanged(Answer.problem(mismatch, request.requestId()));
            }
            JobStatus status = status(prior, backbone);
            boolean ends = status.isEnd() || status == JobStatus.CANCELLING;
            if (ends && wanted != JobWish.CANCEL) {
                return Decision.unchanged(ended(request, status));
            }
            if (ends || prior.getWanted() == wanted) {
                return Decision.unchanged(answer.apply(prior));
            }
            Job next = Job.newBuilder(prior)
                    .setWanted(wanted)
                    .setVersion(prior.getVersion() + 1)
                    .setUpdatedAt(now)
                    .build();
            return Decision.change(changed(ACTIONS.getOrDefault(wanted, "changed"), prior, next), answer.apply(next));
        });
    }

    private static Answer ended(AdminRequest request, JobStatus status) {
        return Answer.problem(
                Problem.of(409, "job_ended", "The job has ended", "it is " + status.word() + "; post another"),
                request.requestId());
    }

    private static Rerating read(Fields fields, String id, long now) {
        long reach = now - REACH.toMillis() * 1_000;
        Long from = fields.time("from");
        Long to = fields.time("to");
        if (from != null && from < reach) {
            fields.error(
                    "from",
                    BEYOND_REACH,
                    Times.text(from) + " is more than " + REACH.toDays()
                            + " days ago: events are remembered, and so corrected, for that long;"
                            + " begin later, or leave it out for as far back as can be");
        } else if (to != null && to <= (from == null ? reach : from)) {
            fields.error("to", from == null ? BEYOND_REACH : "invalid", "must be after from");
        }
        String only = fields.text("only");
        if (only != null && !only.equals(ONLY_UNPRICED)) {
            fields.error("only", "invalid", "must be '" + ONLY_UNPRICED + "', or absent for all events");
        }
        String reason = fields.text("reason", SubmissionLimits.MAX_REASON);
        return new Rerating(
                narrowing(fields, "company"),
                narrowing(fields, "provider"),
                narrowing(fields, "model"),
                from == null ? reach : from,
                to,
                only != null,
                reason == null ? "re-rated by " + id : reason,
                fields.flag("dry_run", false));
    }

    /** A name that narrows the job; absent and {@code *} do not. */
    private static @Nullable String narrowing(Fields fields, String name) {
        String given = fields.text(name);
        if (given != null && given.isBlank()) {
            fields.error(name, "invalid", "is empty; leave it out, or say '" + PriceBook.ANY + "', for all");
        }
        return PriceBook.ANY.equals(given) ? null : given;
    }

    private static Problem problem(List<FieldError> errors) {
        boolean onlyReach = errors.stream().allMatch(error -> error.code().equals(BEYOND_REACH));
        return onlyReach
                ? new Problem(
                        422,
                        BEYOND_REACH,
                        "That is further back than events are remembered",
                        errors.get(0).detail(),
                        errors)
                : Problem.invalid(errors);
    }

    private static @Nullable Job find(AdminRequest request, Backbone backbone) {
        Job job = backbone.jobs().get(request.variable("id"));
        return job == null || job.getRerating() == null ? null : job;
    }

    private static JobStatus status(Job job, Backbone backbone) {
        return JobStatus.of(job, backbone.jobsProgress().get(job.getId()));
    }

    private static String path(String id) {
        return "/admin/v1/reratings/" + id;
    }

    private static ConfigChange changed(String action, @Nullable Job prior, Job next) {
        return JOB.changed(action, next.getId().getBytes(UTF_8), prior, next);
    }

    private static Answer answer(int status, Job job, Backbone backbone) {
        return Answer.json(status, ReratingView.of(job, backbone.jobsProgress().get(job.getId())))
                .with("etag", Etag.of(job.getVersion()));
    }

    private static Answer notFound(AdminRequest request) {
        return Answer.problem(Problem.notFound("there is no re-rating " + request.variable("id")), request.requestId());
    }
}
