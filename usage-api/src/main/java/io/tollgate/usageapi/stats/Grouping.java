package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.database.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rows can be grouped and filtered by. Columns come from this list and nowhere else; a label's name is whatever
 * the caller says, and so is bound, never written into SQL.
 */
public sealed interface Grouping {
    String LABEL_PREFIX = "label:";

    /** As it is written in a query and in the answer. */
    String word();

    /** Appends the expression that it stands for. */
    Sql appendTo(Sql sql);

    /** The grouping of a word, null where there is none. */
    static @Nullable Grouping of(String word) {
        if (word.startsWith(LABEL_PREFIX)) {
            return word.length() == LABEL_PREFIX.length() ? null : new Label(word.substring(LABEL_PREFIX.length()));
        }
        return Arrays.stream(Column.values())
                .filter(column -> column.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    /** Whether the word is that of a label, and so the name of a filter that no list has. */
    static boolean isLabel(String word) {
        return of(word) instanceof Label;
    }

    /** Puts a row's groups under their words. */
    static void put(Map<String, @Nullable Object> json, List<Grouping> groups, List<@Nullable String> values) {
        for (int i = 0; i < groups.size(); i++) {
            json.put(groups.get(i).word(), values.get(i));
        }
    }

    /** Every word of a column. */
    static List<String> columnWords() {
        return Arrays.stream(Column.values()).map(Column::word).toList();
    }

    /** A column. */
    enum Column implements Grouping {
        COMPANY("company", "s.company"),
        USER("user", "s.user_id"),
        AUTH_ID("auth_id", "s.auth_id"),
        PROVIDER("provider", "s.provider"),
        MODEL("model", "s.model"),
        // An event without one was priced as standard.
        SERVICE_TIER("service_tier", "coalesce(s.service_tier, 'standard')"),
        // Every row is of one: as a group it adds nothing.
        CURRENCY("currency", "s.currency");

        private final String word;
        private final String expression;

        Column(String word, String expression) {
            this.word = word;
            this.expression = expression;
        }

        @Override
        public Sql appendTo(Sql sql) {
            return sql.append(expression);
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A label of the event. */
    record Label(String label) implements Grouping {
        @Override
        public String word() {
            return LABEL_PREFIX + label;
        }

        @Override
        public Sql appendTo(Sql sql) {
            return sql.append("s.labels ->> ").bind(label);
        }
    }
}
