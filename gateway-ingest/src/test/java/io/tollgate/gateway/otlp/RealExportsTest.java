package io.tollgate.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real exporters sent, where these captures are at hand. */
@EnabledIf("areThere")
class RealExportsTest {
    private static final Path FOLDER = Path.of("..", "..", "shared", "fixtures", "otlp");

    static boolean areThere() {
        return Files.isDirectory(FOLDER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contrib-openai      | openai chat {input=2006, output=300}; openai chat {input=2006, output=300}; openai chat {};"
                        + " openai embeddings {input=8}; openai chat {input=2006, output=300}",
                "traceloop-anthropic | anthropic chat {cache_write_5m=188086, input=21, output=393};"
                        + " anthropic chat {cache_write_5m=188086, input=21, output=393}",
            })
    void everyCallOfACaptureIsReadInBothEncodings(String name, String expected) throws IOException {
        List<Submission> json = Export.submissions(Encoding.JSON, Files.readAllBytes(FOLDER.resolve(name + ".json")));
        List<Submission> protobuf =
                Export.submissions(Encoding.PROTOBUF, Files.readAllBytes(FOLDER.resolve(name + ".pb")));

        assertThat(told(json)).isEqualTo(expected);
        assertThat(told(protobuf)).isEqualTo(expected);
        assertThat(json).allSatisfy(stored -> {
            assertThat(stored.getSource()).isEqualTo("demo-app");
            assertThat(stored.toString()).doesNotContain("parts", "finish_reason");
        });
    }

    private static String told(List<Submission> submissions) {
        List<String> told = new ArrayList<>();
        submissions.stream()
                .map(TraceFormTest::usage)
                .forEach(usage -> told.add(
                        usage.getProvider() + " " + usage.getOperation() + " " + TraceFormTest.quantities(usage)));
        return String.join("; ", told);
    }
}
