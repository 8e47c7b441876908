package io.tollgate.sink.webhook;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.sink.text.Words;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An alert read back from its row of {@code cost_alerts}. */
final class StoredAlert {
    /** Of the row under the name {@code a}. */
    static final String COLUMNS = "a.id, a.rule, a.kind, a.resolved, a.number, a.late, a.company, a.user_id, a.auth_id,"
            + " a.provider, a.model, a.quota, a.metric, a.currency, a.threshold, a.value, a.used, a.quota_limit,"
            + " a.window_start, a.window_end, a.raised_at";

    private StoredAlert() {}

    /** @param first number of the result's column in which the alert's begin */
    static Alert read(ResultSet row, int first) throws SQLException {
        int column = first;
        return Alert.newBuilder()
                .setId(row.getString(column++))
                .setRule(row.getString(column++))
                .setKind(kind(row.getString(column++)))
                .setResolved(row.getBoolean(column++))
                .setNumber(row.getInt(column++))
                .setLate(row.getBoolean(column++))
                .setCompany(row.getString(column++))
                .setUser(row.getString(column++))
                .setKey(row.getString(column++))
                .setProvider(row.getString(column++))
                .setModel(row.getString(column++))
                .setQuota(row.getString(column++))
                .setMetric(row.getString(column++))
                .setCurrency(row.getString(column++))
                .setThreshold(exact(row.getBigDecimal(column++)))
                .setValue(exact(row.getBigDecimal(column++)))
                .setUsed(exact(row.getBigDecimal(column++)))
                .setLimit(exact(row.getBigDecimal(column++)))
                .setWindowStart(micros(row, column++))
                .setWindowEnd(micros(row, column++))
                .setAt(micros(row, column))
                .build();
    }

    private static AlertKind kind(String word) {
        return Arrays.stream(AlertKind.values())
                .filter(kind -> Words.of(kind).equals(word))
                .findFirst()
                .orElse(AlertKind.UNKNOWN);
    }

    private static @Nullable ExactDecimal exact(@Nullable BigDecimal value) {
        return value == null ? null : Decimals.toAvro(Decimal.of(value));
    }

    private static long micros(ResultSet row, int column) throws SQLException {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
