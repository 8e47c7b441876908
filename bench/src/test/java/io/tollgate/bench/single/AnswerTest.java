package io.tollgate.bench.single;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\nx-request-id: req_1\r\n\r\n";

    private final Answer answer = new Answer();

    @Test
    void isCompleteAtTheEndOfItsHead() throws IOException {
        assertThat(take(TAKEN)).isTrue();
        assertThat(take(TAKEN)).isTrue();
    }

    @Test
    void mayComeInAnyPieces() throws IOException {
        for (int cut = 1; cut < TAKEN.length(); cut++) {
            assertThat(take(TAKEN.substring(0, cut))).isFalse();
            assertThat(take(TAKEN.substring(cut))).isTrue();
        }
    }

    @Test
    void anotherStatusIsNoAnswer() {
        assertThatThrownBy(() -> take("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
    }

    private boolean take(String text) throws IOException {
        return answer.take(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }
}
