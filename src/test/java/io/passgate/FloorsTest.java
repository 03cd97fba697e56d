package io.passgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floors: a package sees only those on its row, one way down and without a cycle; and what a file may be. */
final class FloorsTest {
    private static final String ROOT = "io.passgate.";
    private static final int MOST_LINES = 400;

    /** The first floor whose packages may know Vert.x, Netty or Micrometer is above these. */
    private static final Set<String> PURE = Set.of("model", "p256", "crypto", "codec", "policy", "trust", "revocation");

    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            row("model"),
            row("p256"),
            row("crypto", "p256", "model"),
            row("codec", "model"),
            row("policy", "model"),
            row("trust", "crypto", "model"),
            row("revocation", "model"),
            row("access", "model"),
            row("registry", "model"),
            row("engine", "policy", "trust", "revocation", "codec", "crypto", "model"),
            row("issuance", "registry", "codec", "crypto", "model"),
            row("checkin", "engine", "model"),
            row("store", "trust", "revocation", "access", "registry", "issuance", "checkin", "crypto", "model"),
            row("http", "engine", "access", "registry", "issuance", "checkin", "trust", "revocation", "model"),
            row(
                    "app",
                    "http",
                    "store",
                    "checkin",
                    "issuance",
                    "engine",
                    "registry",
                    "access",
                    "revocation",
                    "trust",
                    "policy",
                    "codec",
                    "crypto",
                    "model"),
            row(
                    "cli",
                    "app",
                    "http",
                    "store",
                    "checkin",
                    "issuance",
                    "engine",
                    "registry",
                    "access",
                    "revocation",
                    "trust",
                    "policy",
                    "codec",
                    "crypto",
                    "model"),
            row(
                    "demo",
                    "cli",
                    "app",
                    "http",
                    "store",
                    "checkin",
                    "issuance",
                    "engine",
                    "registry",
                    "access",
                    "revocation",
                    "trust",
                    "policy",
                    "codec",
                    "crypto",
                    "model"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.passgate");

    private static Map.Entry<String, Set<String>> row(String name, String... maySee) {
        return Map.entry(name, Set.of(maySee));
    }

    private static String floor(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void everyPackageHasARow() {
        Set<String> present = new TreeSet<>();
        PRODUCTION.forEach(type -> present.add(floor(type)));
        assertThat(present).isNotEmpty();
        assertThat(MAY_SEE.keySet()).containsAll(present);
    }

    @TestFactory
    Stream<DynamicTest> aPackageSeesOnlyItsRow() {
        return MAY_SEE.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(ROOT + row.getKey() + "..")
                                .should()
                                .dependOnClassesThat(outside(row.getKey(), row.getValue()))
                                .allowEmptyShould(true)
                                .check(PRODUCTION)));
    }

    private static DescribedPredicate<JavaClass> outside(String own, Set<String> maySee) {
        return DescribedPredicate.describe(
                "are in another package of ours than " + maySee,
                type -> type.getPackageName().startsWith(ROOT)
                        && !floor(type).equals(own)
                        && !maySee.contains(floor(type)));
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.passgate.(**)").should().beFreeOfCycles().check(PRODUCTION);
    }

    @TestFactory
    Stream<DynamicTest> aPurePackageKnowsNoServer() {
        return PURE.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(ROOT + name + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..")
                                .allowEmptyShould(true)
                                .check(PRODUCTION)));
    }

    @Test
    void everyPackageSaysWhatLivesThereAndIsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(PRODUCTION);
        Set<String> documented = new TreeSet<>();
        Set<String> present = new TreeSet<>();
        PRODUCTION.forEach(type -> {
            present.add(type.getPackageName());
            if (type.getSimpleName().equals("package-info")) {
                documented.add(type.getPackageName());
            }
        });
        assertThat(documented).isEqualTo(present);
    }

    @TestFactory
    Stream<DynamicTest> noJavaFileIsLongerThanFourHundredLines() {
        return Stream.of("src", "bench")
                .map(folder -> DynamicTest.dynamicTest(folder, () -> {
                    try (Stream<Path> files =
                            Files.find(Path.of(folder), Integer.MAX_VALUE, (file, attributes) -> isTooLong(file))) {
                        assertThat(files).isEmpty();
                    }
                }));
    }

    private static boolean isTooLong(Path file) {
        if (!file.toString().endsWith(".java")) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count() > MOST_LINES;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
