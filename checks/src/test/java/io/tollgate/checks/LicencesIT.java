package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bill of materials that the build has made, and lists the third parties beside it. */
class LicencesIT {
    private static final Path BOM = Build.ROOT.resolve("target").resolve("bom.json");
    private static final Path LIST = Build.ROOT.resolve("target").resolve("third-party.txt");

    /** Kafka, Spring, Netty and what they bring; a bill with fewer is not ours. */
    private static final int AT_LEAST = 100;

    @Test
    void whatIsShippedHasLicencesThatAreAllowed() throws IOException {
        if (!Build.isWhole()) {
            assumeThat(BOM).as("only a build of everything makes it").exists();
        }
        List<Licences.Component> components =
                Licences.components(JsonMapper.shared().readTree(Files.readString(BOM)));
        assertThat(components).hasSizeGreaterThan(AT_LEAST);
        Files.write(
                LIST, components.stream().map(Licences.Component::line).sorted().toList());
        assertThat(components.stream().map(Licences::objection).filter(Objects::nonNull))
                .isEmpty();
    }
}
