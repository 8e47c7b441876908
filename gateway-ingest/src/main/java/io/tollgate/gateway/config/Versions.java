package io.tollgate.gateway.config;

import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.gateway.admin.AdminRequest;
import io.tollgate.gateway.admin.Page;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbered changes of the configuration: all of them by the audit, the newest also by a list. */
public final class Versions {
    /** Of one version: more than one transaction holds. */
    private static final int MOST_SHOWN = 20_000;
    /** That a way back may lead over. */
    private static final int MOST_TAKEN_BACK = 100_000;

    private static final String RESTORED = "restored";

    private final Clock clock;

    public Versions(Clock clock) {
        this.clock = clock;
    }

    /** The newest first. */
    public Answer list(AdminRequest request, Backbone backbone) {
        return Page.answer(
                request, backbone.versions().values().stream(), Versions::newestFirst, VersionView::of, page -> page);
    }

    /** One version and, by page, what it changed. */
    public Answer get(AdminRequest request, Backbone backbone) {
        Answer unknown = request.refuseUnknown("cursor", "limit");
        if (unknown != null) {
            return unknown;
        }
        Long number = number(request, backbone.configVersion());
        if (number == null) {
            return none(request);
        }
        List<AuditEntry> entries = new ArrayList<>();
        try (AuditTrail audit = AuditTrail.open(backbone)) {
            boolean ignored = audit.read(number, number, MOST_SHOWN, entries::add);
        }
        if (entries.isEmpty()) {
            return none(request);
        }
        AuditEntry first = entries.get(0);
        return Page.answer(
                request,
                entries.stream(),
                entry -> "%010d".formatted(entry.getPosition()),
                EntryView::of,
                page -> VersionView.of(first, entries.size(), page));
    }

    /** Puts the configuration back to what it was after a version, as a new version; {@code ?dry_run=true} says how. */
    public Answer restore(AdminRequest request, Backbone backbone) {
        Answer unknown = request.refuseUnknown(ConfigDocuments.DRY_RUN);
        if (unknown != null) {
            return unknown;
        }
        Boolean dryRun = request.flag(ConfigDocuments.DRY_RUN);
        if (dryRun == null) {
            return request.refuse("dry_run is true or false");
        }
        Long number = number(request, Long.MAX_VALUE);
        return number == null ? none(request) : restore(request, backbone, number, dryRun);
    }

    private Answer restore(AdminRequest request, Backbone backbone, long number, boolean dryRun) {
        return ConfigDocuments.decide(request, backbone, clock, dryRun, RESTORED, (configured, draft) -> {
            if (number > configured.version()) {
                return Problem.notFound("there is no version " + number);
            }
            Restoration restoration = new Restoration();
            Way way = new Way(number, configured.version());
            boolean isRead;
            try (AuditTrail audit = AuditTrail.open(backbone)) {
                isRead = audit.read(number + 1, configured.version(), MOST_TAKEN_BACK, entry -> {
                    way.take(entry.getVersion());
                    restoration.take(entry);
                });
            }
            if (!isRead) {
                return refused("too_far_back", "more than " + MOST_TAKEN_BACK + " changes came after it");
            }
            if (!way.isWhole()) {
                return refused("incomplete_audit", "the audit does not tell all that came after it");
            }
            restoration.applyTo(draft, configured);
            return null;
        });
    }

    /** Whether each version has been seen on the way to the last. */
    private static final class Way {
        private final long last;
        private long seen;
        private boolean isUnbroken = true;

        Way(long before, long last) {
            this.seen = before;
            this.last = last;
        }

        void take(long version) {
            isUnbroken &= version == seen || version == seen + 1;
            seen = version;
        }

        boolean isWhole() {
            return isUnbroken && seen == last;
        }
    }

    private static Problem refused(String code, String detail) {
        return Problem.of(409, code, "It can't be gone back to", detail + "; nothing was changed");
    }

    /** Null where the path names none of those up to {@code newest}. */
    private static @Nullable Long number(AdminRequest request, long newest) {
        String text = request.variable("id");
        if (!text.matches("[1-9][0-9]{0,17}")) {
            return null;
        }
        long number = Long.parseLong(text);
        return number <= newest ? number : null;
    }

    private static Answer none(AdminRequest request) {
        return Answer.problem(Problem.notFound("there is no version " + request.variable("id")), request.requestId());
    }

    private static String newestFirst(ConfigVersion version) {
        return "%019d".formatted(Long.MAX_VALUE - version.getNumber());
    }
}
