package io.tollgate.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PurityTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tollgate.streams", "io.tollgate.pricing");

    @Test
    void whatDecidesKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.tollgate.streams.dedupe..",
                        "io.tollgate.streams.check..",
                        "io.tollgate.streams.dead..",
                        "io.tollgate.pricing..")
                .or()
                .haveSimpleName("StatsRows")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "java.sql..", "org.slf4j..")
                .check(OURS);
    }

    @Test
    void whatDecidesReadsNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tollgate.streams.dedupe..", "io.tollgate.streams.check..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(OURS);
    }

    @Test
    void theStagesKnowNothingOfHowTheyAreRun() {
        noClasses()
                .that()
                .resideInAPackage("io.tollgate.streams.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tollgate.streams")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(OURS);
    }
}
