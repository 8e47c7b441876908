package io.tollgate.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void theCauseOfARefusedHandshakeIsSaid() {
        assertThat(FailureText.of(new SslAuthenticationException(
                        "SSL handshake failed", new SSLHandshakeException("PKIX path building failed"))))
                .isEqualTo("SSL handshake failed: PKIX path building failed");
    }

    @Test
    void nothingIsSaidTwice() {
        IOException root = new IOException("no such file: /ca.pem");

        assertThat(FailureText.of(new KafkaException(
                        "Failed to create new KafkaAdminClient", new KafkaException(root.toString(), root))))
                .isEqualTo("Failed to create new KafkaAdminClient: java.io.IOException: no such file: /ca.pem");
    }

    @Test
    void itIsOneLineAndNeverEmpty() {
        assertThat(FailureText.of(new IllegalStateException("a\n  b"))).isEqualTo("a b");
        assertThat(FailureText.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
    }
}
