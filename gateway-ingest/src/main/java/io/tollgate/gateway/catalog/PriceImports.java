package io.tollgate.gateway.catalog;

import io.tollgate.avro.Actor;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.AdminRequest;
import io.tollgate.gateway.admin.PriceAudit;
import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.PriceKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a catalogue into the global book: what it has and is not in force as it says becomes new items of one version,
 * what it lacks stays, and no company's own price is looked at.
 *
 * <p>A large catalogue is written in several transactions, each of whole models, so that none outlasts the brokers'
 * patience. One that was interrupted is finished by sending it again: what is in force is not written twice.
 */
public final class PriceImports {
    /** Models in one transaction: with 48 partitions some 20,000 records, which take about a second. */
    private static final int MODELS_AT_ONCE = 400;

    private final Clock clock;

    public PriceImports(Clock clock) {
        this.clock = clock;
    }

    /** The body is the catalogue's file. */
    public Answer post(AdminRequest request, Backbone backbone) {
        ImportRequest.Parsed parsed = ImportRequest.parse(request, Times.micros(clock));
        ImportRequest wanted = parsed.request();
        if (wanted == null) {
            return Objects.requireNonNull(parsed.refusal());
        }
        CatalogueFile file = CatalogueFile.read(request.body(), wanted.catalogue());
        Problem unreadable = file.problem();
        if (unreadable != null) {
            return Answer.problem(unreadable, request.requestId());
        }
        List<Verdict> verdicts = wanted.catalogue().read(file.tree());
        Set<String> unknown = new TreeSet<>(wanted.providers());
        verdicts.forEach(verdict -> unknown.remove(verdict.provider()));
        if (!unknown.isEmpty()) {
            return Answer.problem(
                    Problem.unreadable(
                            "unknown_provider",
                            "providers: the file has nothing of " + String.join(", ", unknown)
                                    + "; names are the price book's, openai or bedrock say"),
                    request.requestId());
        }
        ImportReport.Builder report = new ImportReport.Builder();
        List<ModelPrices> models = harvest(wanted, verdicts, report);
        long before = backbone.priceVersion();
        long version = wanted.dryRun()
                ? tried(wanted, models, backbone, report)
                : written(request.actor(), wanted, models, backbone, report);
        ImportReport done = report.build(wanted, version, leftAlone(models, backbone));
        return Answer.json(!wanted.dryRun() && version > before ? 201 : 200, done);
    }

    private static List<ModelPrices> harvest(
            ImportRequest wanted, List<Verdict> verdicts, ImportReport.Builder report) {
        List<Verdict.Taken> taken = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (!wanted.wants(verdict.provider())) {
                report.notAskedFor();
                continue;
            }
            if (verdict instanceof Verdict.Taken entry) {
                taken.add(entry);
            }
            report.verdict(verdict);
        }
        Harvest harvest = Harvest.of(taken);
        report.doubts(harvest.doubts());
        return harvest.ordered();
    }

    /** What would be written, by what is in force now. */
    private static long tried(
            ImportRequest wanted, List<ModelPrices> models, Backbone backbone, ImportReport.Builder report) {
        long version = backbone.priceVersion();
        models.forEach(model -> report.change(change(wanted, model, backbone, version + 1)));
        return version;
    }

    private static long written(
            Actor actor,
            ImportRequest wanted,
            List<ModelPrices> models,
            Backbone backbone,
            ImportReport.Builder report) {
        Long own = null;
        for (int from = 0; from < models.size(); from += MODELS_AT_ONCE) {
            List<ModelPrices> part = models.subList(from, Math.min(models.size(), from + MODELS_AT_ONCE));
            Long known = own;
            Part done = backbone.writer().write(actor, () -> decide(wanted, part, backbone, known));
            done.changes().forEach(report::change);
            own = done.isChange() ? Long.valueOf(done.version()) : own;
        }
        return own == null ? backbone.priceVersion() : own;
    }

    /** What one transaction came to. */
    private record Part(long version, boolean isChange, List<ModelChange> changes) {}

    /** @param own the version that earlier parts of this import have; null: none was written yet */
    private static Decision<Part> decide(
            ImportRequest wanted, List<ModelPrices> models, Backbone backbone, @Nullable Long own) {
        long newest = backbone.priceVersion();
        long version = own != null && own == newest ? own : newest + 1;
        List<ModelChange> changes = new ArrayList<>();
        List<ConfigChange> records = new ArrayList<>();
        for (ModelPrices model : models) {
            ModelChange change = change(wanted, model, backbone, version);
            changes.add(change);
            PriceTimeline after = change.after();
            if (after != null) {
                records.add(PriceAudit.change(backbone.prices().get(PriceKey.of(after)), after));
            }
        }
        return new Decision<>(records, new Part(version, !records.isEmpty(), changes));
    }

    private static ModelChange change(ImportRequest wanted, ModelPrices model, Backbone backbone, long version) {
        PriceTimeline prior = backbone.prices().get(PriceKey.of(null, model.provider(), model.model()));
        return ModelChange.of(model, prior, version, wanted.terms());
    }

    /** Models of the catalogue's providers that are in the book and not in it. */
    private static List<ImportReport.Model> leftAlone(List<ModelPrices> models, Backbone backbone) {
        Set<String> providers = new HashSet<>();
        Set<ImportReport.Model> named = new HashSet<>();
        for (ModelPrices model : models) {
            providers.add(model.provider());
            named.add(new ImportReport.Model(model.provider(), model.model()));
        }
        return backbone.prices().values().stream()
                .filter(timeline -> timeline.getCompany() == null && providers.contains(timeline.getProvider()))
                .map(timeline -> new ImportReport.Model(timeline.getProvider(), timeline.getModel()))
                .filter(model -> !named.contains(model))
                .sorted(Comparator.comparing(ImportReport.Model::provider).thenComparing(ImportReport.Model::model))
                .toList();
    }
}
