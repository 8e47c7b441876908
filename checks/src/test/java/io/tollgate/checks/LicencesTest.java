package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LicencesTest {
    @Test
    void oneAllowedLicenceOfSeveralIsEnough() {
        assertThat(Licences.objection(component("a:b", "MIT"))).isNull();
        assertThat(Licences.objection(component("a:b", "LGPL-2.1-only", "EPL-2.0")))
                .isNull();
    }

    @Test
    void anyOtherAndNoneAtAllIsForbidden() {
        assertThat(Licences.objection(component("a:b", "AGPL-3.0-only")))
                .isEqualTo("a:b 1: AGPL-3.0-only: none of these is allowed");
        assertThat(Licences.objection(component("a:b", "LGPL-2.1-only"))).isNotNull();
        assertThat(Licences.objection(component("a:b", "mit"))).isNotNull();
        assertThat(Licences.objection(component("a:b"))).isNotNull();
    }

    @Test
    void anExceptionIsByNameAndGroup() {
        assertThat(Licences.objection(component("org.openjdk.jmh:jmh-core", "GPL")))
                .isNull();
        assertThat(Licences.objection(component("other:jmh-core", "GPL"))).isNotNull();
    }

    @Test
    void aBillOfMaterialsIsReadWithAllThreeWaysToNameALicence() {
        String bom =
                """
                {"components":[
                  {"group":"io.tollgate","name":"edge","version":"1"},
                  {"group":"a","name":"b","version":"1","licenses":[{"license":{"id":"MIT"}},{"license":{"name":"Ours"}}]},
                  {"group":"c","name":"d","version":"2","licenses":[{"expression":"MIT OR GPL-2.0-only"}]},
                  {"name":"e","version":"3"}]}
                """;
        assertThat(Licences.components(JsonMapper.shared().readTree(bom)).stream()
                        .map(Licences.Component::line))
                .containsExactly("a:b 1: MIT or Ours", "c:d 2: MIT OR GPL-2.0-only", ":e 3: ");
    }

    private static Licences.Component component(String name, String... licences) {
        return new Licences.Component(name, "1", List.of(licences));
    }
}
