package io.tollgate.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture: what a module may know of, and what it never does. */
class ArchitectureTest {
    private static final String GATEWAY = "io.tollgate.gateway..";
    private static final String STREAMS = "io.tollgate.streams..";
    private static final String SINK = "io.tollgate.sink..";
    private static final String USAGE_API = "io.tollgate.usageapi..";
    private static final String PRICING = "io.tollgate.pricing..";
    private static final String QUOTA = "io.tollgate.quota..";
    private static final String EDGE = "io.tollgate.edge..";
    private static final String OPENAPI = "io.tollgate.openapi..";
    private static final String SCHEMAS = "io.tollgate.schemas..";
    private static final String EMBEDDED = "io.tollgate.embedded..";
    private static final String ORACLE = "io.tollgate.oracle..";
    private static final String STANDALONE = "io.tollgate.standalone..";

    private static final String[] DATABASE = {"java.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb.."};
    private static final String[] KAFKA = {"org.apache.kafka..", "org.springframework.kafka.."};

    private static JavaClasses tollgate;

    @BeforeAll
    static void read() {
        tollgate = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tollgate");
    }

    @Test
    void servicesKnowTheContractAndNotEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STREAMS, SINK, USAGE_API, STANDALONE, EMBEDDED));
        check(noClasses()
                .that()
                .resideInAPackage(STREAMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, SINK, USAGE_API, STANDALONE, EMBEDDED));
        check(noClasses()
                .that()
                .resideInAPackage(SINK)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, STREAMS, USAGE_API, STANDALONE, EMBEDDED));
        check(noClasses()
                .that()
                .resideInAPackage(USAGE_API)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, STREAMS, SINK, STANDALONE, EMBEDDED));
    }

    @Test
    void theContractAndThePricesLieBelowTheServices() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SCHEMAS, PRICING, QUOTA, EDGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, STREAMS, SINK, USAGE_API, STANDALONE, EMBEDDED));
        check(noClasses()
                .that()
                .resideInAPackage(SCHEMAS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING, QUOTA, EDGE, "org.springframework.."));
        check(noClasses()
                .that()
                .resideInAPackage(PRICING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(QUOTA));
    }

    @Test
    void theEdgeKnowsNeitherMoneyNorServers() {
        check(noClasses()
                .that()
                .resideInAPackage(EDGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING, QUOTA, "io.tollgate.avro.."));
        check(noClasses()
                .that()
                .resideInAPackage(EDGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA));
        check(noClasses()
                .that()
                .resideInAPackage(EDGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATABASE));
    }

    @Test
    void whatServicesDescribeThemselvesWithKnowsNoneOfThem() {
        check(noClasses()
                .that()
                .resideInAPackage(OPENAPI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, STREAMS, SINK, USAGE_API, STANDALONE, EMBEDDED, SCHEMAS, PRICING, QUOTA));
    }

    @Test
    void theOracleSharesNoCodeWithWhatItJudgesNorIsItShipped() {
        check(noClasses()
                .that()
                .resideInAPackage(ORACLE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        GATEWAY,
                        STREAMS,
                        SINK,
                        USAGE_API,
                        STANDALONE,
                        EMBEDDED,
                        SCHEMAS,
                        PRICING,
                        QUOTA,
                        EDGE,
                        OPENAPI,
                        "io.tollgate.avro.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ORACLE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ORACLE));
    }

    @Test
    void pricesAndQuotasArePure() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PRICING, QUOTA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA));
        check(noClasses()
                .that()
                .resideInAnyPackage(PRICING, QUOTA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATABASE));
        check(noClasses()
                .that()
                .resideInAnyPackage(PRICING, QUOTA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.net..", "java.io..", "java.nio.."));
    }

    @Test
    void theGatewayAndTheTopologyNeverTouchTheDatabase() {
        check(noClasses()
                .that()
                .resideInAnyPackage(GATEWAY, STREAMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATABASE));
    }

    @Test
    void theSinkAndTheReadSideComputeNoPrice() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SINK, USAGE_API)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING));
    }

    @Test
    void theReadSideWritesNothingToKafka() {
        check(noClasses()
                .that()
                .resideInAPackage(USAGE_API)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.clients.producer.."));
    }

    @Test
    void noMoneyIsEverAFloat() {
        DescribedPredicate<JavaClass> floating = DescribedPredicate.describe(
                "floating point", type -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                        .contains(type.getName()));
        check(noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PRICING, QUOTA, SCHEMAS, ORACLE, "io.tollgate.avro..")
                .should()
                .haveRawType(floating));
        check(noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PRICING, QUOTA, SCHEMAS, ORACLE)
                .should()
                .haveRawReturnType(floating));
    }

    @Test
    void packagesFormNoCycles() {
        // Each package is a slice of its own, a module's root among them.
        check(slices().matching("io.tollgate.(**)").should().beFreeOfCycles());
    }

    @Test
    void nothingIsMutableAndStatic() {
        check(fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(GATEWAY, STREAMS, SINK, USAGE_API, PRICING, QUOTA, EDGE, SCHEMAS, EMBEDDED)
                .should()
                .beFinal());
    }

    private static void check(ArchRule rule) {
        rule.check(tollgate);
    }
}
