package io.tollgate.gateway.admin;

import io.tollgate.avro.User;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users that something is known about. Usage may name any other, who is then not blocked. */
public final class Users {
    private static final Kind<User> USER = new Kind<>(
            "user",
            Topics.CONFIG_USERS,
            Backbone::users,
            UserView::of,
            user -> user.getCompany() + "/" + user.getId(),
            User::getCompany);
    static final Section<User> SECTION = Section.of("users", User.class, USER, Users::inDocument)
            .named(fields -> fields.required("company") + "/" + fields.required("id"), Users::key);
    private static final List<Filter<User>> FILTERS = List.of(
            Filter.equal("company", User::getCompany),
            Filter.flag("blocked", User::getBlocked),
            Filter.label(User::getLabels));

    private final Clock clock;

    public Users(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String company = request.variable("company");
        String id = request.variable("id");
        long now = Times.micros(clock);
        return USER.put(
                request, backbone, key(request), (fields, prior) -> read(fields, company, id, Known.of(backbone), now));
    }

    private static User read(Fields fields, String company, String id, Known known, long now) {
        if (id.isBlank() || id.length() > SubmissionLimits.MAX_TEXT || !SubmissionRules.isStorable(id)) {
            fields.objection("invalid", "a user's id has 1 to " + SubmissionLimits.MAX_TEXT + " characters");
        }
        if (known.companies().apply(company) == null) {
            fields.objection("unknown_company", "there is no company " + company);
        }
        fields.shown("company");
        return new User(company, id, fields.flag("blocked", false), fields.texts("labels"), 1L, now, now);
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return USER.get(request, backbone, key(request));
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return USER.list(request, backbone, FILTERS);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return USER.delete(request, backbone, key(request));
    }

    private static byte[] key(AdminRequest request) {
        return ConfigKeys.ofUser(request.variable("company"), request.variable("id"));
    }

    /** Key of {@code company/id}; no company's id has a slash. */
    private static byte[] key(String name) {
        int slash = name.indexOf('/');
        return ConfigKeys.ofUser(name.substring(0, slash), name.substring(slash + 1));
    }

    private static User inDocument(Fields fields, String name, @Nullable User prior, Known known, long now) {
        int slash = name.indexOf('/');
        return read(fields, name.substring(0, slash), name.substring(slash + 1), known, now);
    }

    record UserView(
            String company,
            String id,
            boolean blocked,
            Map<String, String> labels,
            long version,
            String createdAt,
            String updatedAt) {
        static UserView of(User user) {
            return new UserView(
                    user.getCompany(),
                    user.getId(),
                    user.getBlocked(),
                    user.getLabels(),
                    user.getVersion(),
                    Times.text(user.getCreatedAt()),
                    Times.text(user.getUpdatedAt()));
        }
    }
}
