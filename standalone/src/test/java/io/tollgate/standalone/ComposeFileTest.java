package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The form of docker-compose.yml, and that every name in a service's environment reaches a setting of that service: a
 * misspelt one would be passed over in silence. No container is started here.
 */
class ComposeFileTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Package of each service. */
    private static final Map<String, String> SERVICES = Map.of(
            "gateway-ingest", "io.tollgate.gateway",
            "metering-streams", "io.tollgate.streams",
            "billing-sink", "io.tollgate.sink",
            "usage-api", "io.tollgate.usageapi");

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]+}");
    private static final Pattern PUBLISHED = Pattern.compile("127\\.0\\.0\\.1:(\\d+):\\d+");

    private final Map<?, ?> compose = read();

    static Set<String> services() {
        return SERVICES.keySet();
    }

    @Test
    void allPartsAreThere() {
        Set<String> expected = new HashSet<>(SERVICES.keySet());
        expected.addAll(List.of("kafka", "postgres", "registry"));
        assertThat(names(map(compose, "services"))).isEqualTo(expected);
        assertThat(image("kafka")).isEqualTo(ContainerStack.KAFKA_IMAGE);
        assertThat(image("postgres")).isEqualTo(ContainerStack.POSTGRES_IMAGE);
        assertThat(image("registry")).isEqualTo(ContainerStack.REGISTRY_IMAGE);
    }

    @Test
    void whatIsPublishedListensOnThisMachineOnlyAndNoPortIsTakenTwice() {
        Set<String> taken = new HashSet<>();
        for (String name : names(map(compose, "services"))) {
            List<?> ports = list(service(name), "ports");
            assertThat(ports).as(name).isNotEmpty();
            for (Object port : ports) {
                Matcher published = PUBLISHED.matcher(port.toString());
                assertThat(published.matches()).as("%s: %s", name, port).isTrue();
                assertThat(taken.add(published.group(1)))
                        .as("%s: %s", name, port)
                        .isTrue();
            }
        }
    }

    @Test
    void aServiceWaitsForThePartsThatItNeedsUntilTheyAreHealthy() {
        for (String name : SERVICES.keySet()) {
            Map<?, ?> needs = map(service(name), "depends_on");
            Set<String> expected = new HashSet<>(List.of("kafka", "registry"));
            if (environment(name).containsKey("TOLLGATE_POSTGRES")) {
                expected.add("postgres");
            }
            assertThat(names(needs)).as(name).isEqualTo(expected);
            for (String needed : names(needs)) {
                assertThat(map(needs, needed).get("condition")).isEqualTo("service_healthy");
                assertThat(list(map(service(needed), "healthcheck"), "test")).isNotEmpty();
            }
        }
    }

    @Test
    void volumesAndConfigsAreDeclared() {
        Set<String> volumes = names(map(compose, "volumes"));
        Set<String> configs = names(map(compose, "configs"));
        for (String name : names(map(compose, "services"))) {
            for (Object volume : list(service(name), "volumes")) {
                String source = volume.toString().substring(0, volume.toString().indexOf(':'));
                assertThat(volumes).as(name).contains(source);
            }
            for (Object config : list(service(name), "configs")) {
                assertThat(configs).as(name).contains(text((Map<?, ?>) config, "source"));
            }
        }
    }

    @Test
    void noSecretHasADefault() {
        for (String name : names(map(compose, "services"))) {
            environment(name).forEach((variable, value) -> {
                if (variable.contains("PASSWORD") || variable.contains("TOKEN")) {
                    assertThat(value).as(variable).matches(REQUIRED);
                } else {
                    assertThat(value).as(variable).doesNotContain("${");
                }
            });
        }
    }

    @Test
    void theRegistryKeepsItsIds() {
        Map<String, String> registry = environment("registry");
        assertThat(registry).containsEntry("APICURIO_STORAGE_KIND", "sql");
        String database = registry.get("APICURIO_DATASOURCE_URL");
        assertThat(database).isNotNull();
        String name = database.substring(database.lastIndexOf('/') + 1);
        assertThat(text(map(map(compose, "configs"), "registry-database"), "content"))
                .contains("CREATE DATABASE " + name + ";");
    }

    @ParameterizedTest
    @MethodSource("services")
    void theAddressesAreThoseOfTheOtherParts(String name) {
        Map<String, String> environment = environment(name);
        assertThat(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("://" + environment.get("TOLLGATE_KAFKA") + ",");
        assertThat(environment).containsEntry("TOLLGATE_REGISTRY", "http://registry:8080/apis/ccompat/v7");
        String postgres = environment.get("TOLLGATE_POSTGRES");
        if (postgres != null) {
            Map<String, String> server = environment("postgres");
            assertThat(postgres).isEqualTo("jdbc:postgresql://postgres:5432/" + server.get("POSTGRES_DB"));
            assertThat(environment)
                    .containsEntry("TOLLGATE_POSTGRES_USER", server.get("POSTGRES_USER"))
                    .containsEntry("TOLLGATE_POSTGRES_PASSWORD", server.get("POSTGRES_PASSWORD"));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void theImageIsBuiltFromTheModuleOfThatName(String name) {
        Map<?, ?> build = map(service(name), "build");
        assertThat(text(map(build, "args"), "MODULE")).isEqualTo(name);
        assertThat(ROOT.resolve(text(build, "context")).normalize()).isEqualTo(ROOT);
        assertThat(ROOT.resolve(name).resolve("pom.xml")).content().contains("spring-boot-maven-plugin");
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyNameInTheEnvironmentReachesASettingOfTheService(String name) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        environment(name)
                .forEach((variable, value) ->
                        environment.put(variable, REQUIRED.matcher(value).matches() ? "secret" : value));
        assertThat(environment.keySet()).allMatch(variable -> variable.startsWith("TOLLGATE_"));
        Class<?> type = settingsOf(Objects.requireNonNull(SERVICES.get(name)));
        Object settings = bind(name, type, environment);
        Map<String, Object> values = new HashMap<>();
        flatten("TOLLGATE", type, settings, values);
        environment.forEach((variable, value) -> {
            String plain = variable.replace("_", "");
            assertThat(values).as(variable).containsKey(plain);
            assertThat(values.get(plain)).as(variable).hasToString(value);
        });
    }

    /** As Boot does: the service's own file below, the environment above. */
    private static Object bind(String name, Class<?> type, Map<String, String> environment) throws IOException {
        StandardEnvironment all = new StandardEnvironment();
        all.getPropertySources().forEach(source -> all.getPropertySources().remove(source.getName()));
        all.getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(environment)));
        new YamlPropertySourceLoader()
                .load(name, new ClassPathResource(name + ".yaml"))
                .forEach(source -> all.getPropertySources().addLast(source));
        return Binder.get(all).bind("tollgate", Bindable.of(type)).get();
    }

    private static Class<?> settingsOf(String servicePackage) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<String> found = scanner.findCandidateComponents(servicePackage).stream()
                .map(BeanDefinition::getBeanClassName)
                .filter(Objects::nonNull)
                .toList();
        assertThat(found).as("settings in " + servicePackage).hasSize(1);
        try {
            return Class.forName(found.get(0));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every setting under its environment name without the underscores, which the environment does not tell apart. */
    private static void flatten(String prefix, Class<?> type, Object settings, Map<String, Object> values) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + component.getName().toUpperCase(Locale.ROOT);
            try {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(settings);
                if (value != null && component.getType().isRecord()) {
                    flatten(name, component.getType(), value, values);
                } else {
                    values.put(name, String.valueOf(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Map<?, ?> service(String name) {
        return map(map(compose, "services"), name);
    }

    private String image(String name) {
        return text(service(name), "image");
    }

    private Map<String, String> environment(String name) {
        Map<String, String> environment = new TreeMap<>();
        map(service(name), "environment")
                .forEach((variable, value) -> environment.put(variable.toString(), String.valueOf(value)));
        return environment;
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        assertThat(parent.get(name)).as(name).isInstanceOf(Map.class);
        return (Map<?, ?>) Objects.requireNonNull(parent.get(name));
    }

    private static List<?> list(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<?, ?> parent, String name) {
        return String.valueOf(parent.get(name));
    }

    private static Set<String> names(Map<?, ?> map) {
        Set<String> names = new HashSet<>();
        map.keySet().forEach(name -> names.add(name.toString()));
        return names;
    }

    private static Map<?, ?> read() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(Files.readString(ROOT.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
