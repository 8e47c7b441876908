package io.tollgate.standalone.db;

import io.tollgate.sink.upkeep.Kept;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long rows stay: billing-sink's own settings, by their names in the environment. */
final class Retention {
    @Option(
            names = "--ledger-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_LEDGER_KEPT:-400d}",
            description = "Days of the ledger (default: TOLLGATE_LEDGER_KEPT, else 400d).")
    private Duration ledger = Duration.ZERO;

    @Option(
            names = "--outcomes-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_OUTCOMES_KEPT:-75d}",
            description = "Outcomes, and counts of what was accepted (default: TOLLGATE_OUTCOMES_KEPT, else 75d).")
    private Duration outcomes = Duration.ZERO;

    @Option(
            names = "--dead-letters-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_DEAD_LETTERS_KEPT:-400d}",
            description = "Dead letters (default: TOLLGATE_DEAD_LETTERS_KEPT, else 400d).")
    private Duration deadLetters = Duration.ZERO;

    @Option(
            names = "--intraday-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_INTRADAY_KEPT:-400d}",
            description = "Quarter hours (default: TOLLGATE_INTRADAY_KEPT, else 400d).")
    private Duration intraday = Duration.ZERO;

    @Option(
            names = "--quota-resets-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_QUOTA_RESETS_KEPT:-400d}",
            description = "Resets of quotas (default: TOLLGATE_QUOTA_RESETS_KEPT, else 400d).")
    private Duration quotaResets = Duration.ZERO;

    @Option(
            names = "--alerts-kept",
            paramLabel = "TIME",
            converter = Days.class,
            defaultValue = "${env:TOLLGATE_ALERTS_KEPT:-400d}",
            description = "Alerts and their deliveries (default: TOLLGATE_ALERTS_KEPT, else 400d).")
    private Duration alerts = Duration.ZERO;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** As the sink's settings are written. */
    static final class Days implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return DurationStyle.detectAndParse(value);
        }
    }

    /** Checked as the sink does. */
    Kept kept() {
        try {
            return new Kept(ledger, outcomes, deadLetters, intraday, quotaResets, alerts);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), Objects.requireNonNull(e.getMessage()), e);
        }
    }
}
