package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {
    @Test
    void aUrlMayHoldWhoAsks() {
        assertThat(RegistryAddress.at("https://me:s%40cr+t@host:8443/apis/ccompat/v7/"))
                .isEqualTo(new RegistryAddress("https://host:8443/apis/ccompat/v7", "me", "s@cr+t", null));
        assertThat(RegistryAddress.at("http://host/v7"))
                .isEqualTo(new RegistryAddress("http://host/v7", null, null, null));
    }

    @Test
    void settingsWinOverTheUrl() {
        assertThat(RegistryAddress.of("https://me:old@host/v7", "you", "new", null))
                .isEqualTo(new RegistryAddress("https://host/v7", "you", "new", null));
        assertThat(RegistryAddress.of("https://me@host/v7", null, "new", null).user())
                .isEqualTo("me");
    }

    @Test
    void whoAsksIsSaidAsBasicAuthentication() {
        assertThat(RegistryAddress.of("https://host", "me", "pä:ss", null).authorization())
                .isEqualTo("Basic bWU6cMOkOnNz");
        assertThat(RegistryAddress.at("https://host").authorization()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host:8080", "ftp://me:hush@host", "https://me:hush@", "https://me:hu sh@host", "https://me:hush"
            })
    void whatIsNoUrlIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> RegistryAddress.at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tollgate.registry")
                .hasMessageNotContainingAny("hush", "hu sh");
    }

    @Test
    void halfAnAccountAndAMissingFileAreRefused() {
        assertThatThrownBy(() -> RegistryAddress.of("https://host", "me", null, null))
                .hasMessageContaining("come together");
        assertThatThrownBy(() -> RegistryAddress.of("https://host", "a:b", "p", null))
                .hasMessageContaining("tollgate.registry-user can't have a colon");
        assertThatThrownBy(() -> RegistryAddress.of("https://host", null, null, Path.of("/no/ca.pem")))
                .hasMessage("tollgate.registry-ca is no file that can be read: /no/ca.pem");
    }

    @Test
    void itsTextHasNoSecret() {
        assertThat(RegistryAddress.at("https://me:hush@host/v7")).hasToString("https://host/v7");
    }
}
