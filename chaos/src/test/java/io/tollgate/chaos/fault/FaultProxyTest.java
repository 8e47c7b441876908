package io.tollgate.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.chaos.fault.FaultProxy.Weather;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before a server that says again what it is told. */
@Timeout(30)
class FaultProxyTest {
    private static final int SHORT_MILLIS = 100;

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.to(server.getLocalPort());
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void handsOnWhatIsSaid() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
        }
    }

    @Test
    void aBlackHoleKeepsWhatIsSaidUntilItIsOver() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
            proxy.turn(Weather.BLACK_HOLE);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> echoed(client, 'b')).isInstanceOf(SocketTimeoutException.class);
            proxy.turn(Weather.CLEAR);
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void aCutEndsConnectionsAndMakesNone() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
            proxy.turn(Weather.CUT);
            assertThat(isOver(client)).isTrue();
        }
        try (Socket client = connect()) {
            assertThat(isOver(client)).isTrue();
        }
        proxy.turn(Weather.CLEAR);
        try (Socket client = connect()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
        }
    }

    @Test
    void halfAConnectionStaysOpen() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
            proxy.turn(Weather.HALF_CLOSED);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.getOutputStream().write('b');
        }
    }

    @Test
    void slowIsLate() throws IOException {
        proxy.turn(Weather.SLOW);
        try (Socket client = connect()) {
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> echoed(client, 'a')).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    private static boolean isOver(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static int echoed(Socket client, char what) throws IOException {
        client.getOutputStream().write(what);
        return client.getInputStream().read();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread each = new Thread(() -> echo(client), "echo");
                each.setDaemon(true);
                each.start();
            } catch (IOException e) {
                // One connection less.
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // It is over.
        }
    }
}
