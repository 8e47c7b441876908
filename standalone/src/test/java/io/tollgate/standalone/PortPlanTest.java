package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    @Test
    void portsAreCountedFromTheBaseInTheOrderThatTheManualNames() {
        assertThat(PortPlan.from(9000).uses().stream().map(PortPlan.Use::port))
                .containsExactly(9000, 9001, 9002, 9003, 9004, 9005, 9006);
    }

    @Test
    void aBaseThatLeavesNoRoomForSevenPortsIsRefused() {
        for (int base : List.of(0, -1, 65530, 70000)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PortPlan.from(base))
                    .withMessageContaining("--port-base " + base);
        }
        assertThatCode(() -> PortPlan.from(65529)).doesNotThrowAnyException();
    }

    @Test
    void everyBusyPortIsNamedWithWhatItIsWantedFor() throws Exception {
        PortPlan ports = PortPlan.free();
        try (ServerSocket first = new ServerSocket(ports.usageApi(), 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining(first.getLocalPort() + " (wanted for usage-api)")
                    .hasMessageContaining(second.getLocalPort() + " (wanted for Kafka)")
                    .hasMessageContaining("--port-base")
                    .hasMessageNotContaining(String.valueOf(ports.gateway()));
        }
    }

    @Test
    void freePortsAreDifferentAndFree() {
        PortPlan ports = PortPlan.free();
        assertThat(ports.uses().stream().map(PortPlan.Use::port)).doesNotHaveDuplicates();
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
    }
}
