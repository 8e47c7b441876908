package io.tollgate.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named administrators, who the audit says it was. A token is shown once, by the call that makes it. */
public final class Admins {
    private static final Set<AdminRole> ROLES = EnumSet.complementOf(EnumSet.of(AdminRole.UNKNOWN));
    private static final Kind<Admin> ADMIN = new Kind<>(
            "admin",
            Topics.CONFIG_ADMINS,
            backbone -> backbone.admins().table(),
            AdminView::of,
            Admin::getId,
            admin -> null);
    static final Section<Admin> SECTION = Section.withSecrets("admins", Admin.class, ADMIN, Admins::inDocument)
            .shows("prefix");
    private static final List<Filter<Admin>> FILTERS =
            List.of(Filter.equal("name", Admin::getName), Filter.value("role", ROLES, Admin::getRole));

    private final Clock clock;

    public Admins(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        long now = Times.micros(clock);
        String token = Secrets.newToken();
        return ADMIN.put(
                request,
                backbone,
                Kind.key(request),
                (fields, prior) -> read(fields, id, prior, token, now),
                (status, admin) -> status == 201 ? withToken(status, admin, token) : ADMIN.answer(status, admin));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return ADMIN.get(request, backbone, Kind.key(request));
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return ADMIN.list(request, backbone, FILTERS);
    }

    /** The token is refused from then on; the audit goes on to say who it was. */
    public Answer delete(AdminRequest request, Backbone backbone) {
        return ADMIN.delete(request, backbone, Kind.key(request));
    }

    /** Whether who calls may make and end administrators. */
    public static boolean mayAppoint(AdminRequest request, Backbone backbone) {
        String id = request.actor().getId();
        if (request.actor().getKind() != ActorKind.ADMIN || id == null) {
            return request.actor().getKind() == ActorKind.TOKEN;
        }
        Admin admin = backbone.admins().table().get(id);
        return admin != null && admin.getRole() == AdminRole.ADMIN;
    }

    /** Another token; the old one ends at once. */
    public Answer rotate(AdminRequest request, Backbone backbone) {
        long now = Times.micros(clock);
        String token = Secrets.newToken();
        return ADMIN.change(request, backbone, Kind.key(request), admin -> {
            Admin next = Admin.newBuilder(admin)
                    .setPrefix(Secrets.shown(token))
                    .setSecretSha256(Secrets.hash(token))
                    .setVersion(admin.getVersion() + 1)
                    .setUpdatedAt(now)
                    .build();
            return Decision.change(
                    ADMIN.changed("rotated", Kind.key(request), admin, next), withToken(200, next, token));
        });
    }

    /** Reads an administrator, who keeps the token that there is, and notes what is wrong. */
    static Admin read(Fields fields, String id, @Nullable Admin prior, String token, long now) {
        Kind.checkId(fields, id);
        AdminRole role = fields.word("role", ROLES);
        if (role == null) {
            fields.error(
                    "role",
                    "missing",
                    "is required: one of " + ROLES.stream().map(Fields::word).toList());
        }
        fields.shown("prefix");
        return new Admin(
                id,
                fields.required("name"),
                role == null ? AdminRole.UNKNOWN : role,
                prior == null ? Secrets.shown(token) : prior.getPrefix(),
                prior == null ? Secrets.hash(token) : prior.getSecretSha256(),
                fields.future("expires_at", prior == null ? null : prior.getExpiresAt(), now),
                1L,
                now,
                now);
    }

    private static Section.Made<Admin> inDocument(
            Fields fields, String id, @Nullable Admin prior, Known known, long now) {
        String token = Secrets.newToken();
        return new Section.Made<>(read(fields, id, prior, token, now), prior == null ? token : null);
    }

    private static Answer withToken(int status, Admin admin, String token) {
        return ADMIN.answer(status, admin, AdminView.of(admin, token));
    }

    /**
     * An administrator as JSON.
     *
     * @param token only in the answer that makes it
     */
    record AdminView(
            String id,
            String prefix,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,
            String name,
            String role,
            @Nullable String expiresAt,
            long version,
            String createdAt,
            String updatedAt) {
        static AdminView of(Admin admin) {
            return of(admin, null);
        }

        static AdminView of(Admin admin, @Nullable String token) {
            return new AdminView(
                    admin.getId(),
                    admin.getPrefix(),
                    token,
                    admin.getName(),
                    Fields.word(admin.getRole()),
                    Times.textOrNull(admin.getExpiresAt()),
                    admin.getVersion(),
                    Times.text(admin.getCreatedAt()),
                    Times.text(admin.getUpdatedAt()));
        }
    }
}
