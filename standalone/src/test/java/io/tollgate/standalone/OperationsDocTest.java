package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationsDocTest {
    private static final Pattern ROW = Pattern.compile("\\| (`[a-z.*]+`(?:, `[a-z.*]+`)*) \\| ([^|]+) \\|.*");
    private static final String FOR_EVER = "never deleted";
    private static final Map<String, String> WORDS = Map.of(
            "14 days", "PT336H",
            "75 days", "PT1800H",
            "35 days", "PT840H",
            "a day", "PT24H",
            "compacted: the newest of each key for ever", "compacted",
            "for ever", FOR_EVER);

    @Test
    void everyTopicIsKeptAsLongAsItIsSaid() throws IOException {
        Map<String, String> said = new TreeMap<>();
        String table = Files.readString(Path.of("..", "docs", "operations.md"))
                .split("\\| topics \\|", 2)[1]
                .split("\\| tables \\|", 2)[0];
        table.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String kept = Objects.requireNonNull(WORDS.get(row.group(2).strip()), row.group(2));
            for (String name : row.group(1).replace("`", "").split(", ", -1)) {
                said.put(name, kept);
            }
        });

        Map<String, String> real = new TreeMap<>();
        for (Topic topic : Topics.ALL) {
            String name = topic.name().startsWith("config.") ? "config.*" : topic.name();
            real.put(name, kept(topic.retention()));
        }
        assertThat(said).isEqualTo(real);
    }

    private static String kept(@Nullable Duration retention) {
        if (retention == null) {
            return "compacted";
        }
        return retention.isNegative() ? FOR_EVER : retention.toString();
    }
}
