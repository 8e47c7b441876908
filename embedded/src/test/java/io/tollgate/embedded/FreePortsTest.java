package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void chosenPortsAreDifferentAndFree() {
        assertThat(FreePorts.choose(20)).doesNotHaveDuplicates().noneMatch(FreePorts::isBusy);
    }

    @Test
    void aPortThatIsListenedOnIsBusyUntilItIsClosed() throws IOException {
        int port;
        try (ServerSocketChannel listening = FreePorts.listen(0)) {
            port = listening.socket().getLocalPort();
            assertThat(FreePorts.isBusy(port)).isTrue();
            assertThatThrownBy(() -> FreePorts.listen(port)).hasMessageContaining("port " + port);
        }
        assertThat(FreePorts.isBusy(port)).isFalse();
    }
}
