package io.tollgate.gateway.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.gateway.config.Differences.Difference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a document, or going back to a version, changes: the same for a dry run, which changes nothing, but for the secrets.
 *
 * @param configVersion number of the change, or of the last one before it where nothing was changed
 * @param kinds how many of each kind, for those that were looked at
 * @param secrets that were made; shown this once
 * @param leftAlone what going back did not take back
 */
record Outcome(
        boolean dryRun,
        long configVersion,
        Map<String, Count> kinds,
        List<Change> changes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Secret> secrets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LeftAlone> leftAlone) {

    /** Of one kind's records. */
    record Count(int created, int replaced, int deleted, int unchanged) {
        static final Count NONE = new Count(0, 0, 0, 0);

        Count plus(int made, int changed, int ended, int same) {
            return new Count(created + made, replaced + changed, deleted + ended, unchanged + same);
        }
    }

    /**
     * What becomes of one record.
     *
     * @param kind member of the document
     * @param id of a user {@code company/id}; of prices {@code provider/model}, behind {@code company:} for one company's
     * @param action created, replaced, deleted; of keys revoked, of prices added
     */
    record Change(String kind, String id, String action, List<Difference> differences) {}

    /** Of a record that was made. */
    record Secret(String kind, String id, String secret) {}

    /** What stays as it is, and why. */
    record LeftAlone(String kind, String id, String detail) {}
}
