package io.passgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The floors: a package sees only those on its row, one way down and without a cycle; and what a file may be. */
final class FloorsTest {
    private static final Path MAIN = Path.of("src/main/java/io/passgate");
    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 20;

    /** Its field and curve are one idea in many unrolled files. */
    private static final String CROWDED_ON_PURPOSE = "p256";

    /** What knows no server: compiled for browsers later, or a kernel. */
    private static final Set<String> PURE = Set.of(
            "model",
            "p256",
            "crypto",
            "crypto.signing",
            "codec",
            "format",
            "format.hcert",
            "format.entrypass",
            "policy",
            "policy.rule",
            "trust",
            "revocation",
            "qr",
            "image",
            "sizing",
            "web");

    /** From the top: a package, and those that it may see, each with a row above it. A longer row goes on, indented. */
    private static final String ROWS = """
            model
            access <- model
            codec <- model
            p256
            crypto <- model p256
            policy <- model
            policy.rule <- model policy
            revocation <- model
            trust <- crypto model
            format <- codec model revocation trust
            format.entrypass <- codec format model trust
            format.hcert <- codec format model revocation trust
            engine <- crypto format model policy revocation trust
            http.connection
            http.json <- model
            logging
            http.response <- access http.connection http.json logging
            http.server <- access http.connection http.json http.response logging
            http.web <- http.response model
            http.admin <- access http.response http.server model revocation trust
            store <- logging model
            store.audit <- store
            store.changelog <- access crypto model revocation store trust
            store.snapshot <- access model revocation store store.changelog trust
            store.feed <- access crypto logging model revocation store store.audit store.changelog store.snapshot trust
            app.lists <- access engine http.admin logging model revocation store store.feed trust
            app.watch
            checkin <- format.entrypass model
            crypto.signing <- crypto model
            dpop <- codec crypto crypto.signing model
            image
            http.verify <- access codec engine http.json http.response http.server image model
            http.checkin <- access checkin engine http.json http.response http.server http.verify model
            registry <- model
            holdertag <- model registry
            issuance.wallet <- format.hcert model registry
            qr
            web
            runbook
            issuance <- crypto.signing dpop format.entrypass format.hcert holdertag issuance.wallet model qr
                    registry
            http.issuing <- access dpop format.hcert http.response http.server issuance issuance.wallet model qr
                    registry
            http.docs <- http.response http.server http.web model
            http <- access checkin engine http.admin http.checkin http.connection http.docs http.issuing http.response
                    http.server http.verify http.web image model trust
            store.secret <- model registry store store.audit
            store.tagkey <- holdertag model registry store store.secret
            store.entrylog <- checkin holdertag logging model registry store store.audit store.secret store.tagkey
            app.metrics <- access app.lists app.watch checkin crypto dpop engine http http.connection
                    http.response image issuance logging model revocation store store.entrylog store.feed store.secret trust
            store.issuing <- dpop holdertag issuance model registry revocation store store.audit store.changelog
                    store.feed store.secret store.tagkey
            app.config <- access app.metrics checkin crypto.signing engine format.entrypass http.connection
                    http.response http.server issuance issuance.wallet registry store store.audit store.entrylog
                    store.feed store.issuing store.secret
            app.keys <- app.config crypto crypto.signing logging model trust
            app.os
            app.tracing
            http.management <- http.response http.web logging
            policy.file <- codec policy policy.rule
            app <- access app.config app.keys app.lists app.metrics app.os app.tracing app.watch checkin crypto
                    crypto.signing dpop engine format format.entrypass format.hcert holdertag http http.checkin http.connection
                    http.issuing http.management http.server http.web image issuance issuance.wallet logging
                    model policy policy.file registry revocation store store.entrylog store.feed store.issuing
                    store.secret trust
            app.setup <- access app app.config app.keys app.lists crypto crypto.signing dpop model store store.feed
                    store.secret trust
            cli.option <- app app.config crypto crypto.signing format.hcert
            cli.scan <- model
            sample <- format.entrypass format.hcert model policy
            sizing
            cli.sample <- app cli.option model policy policy.file sample
            cli <- access app app.config app.keys app.lists app.setup cli.option cli.sample cli.scan crypto
                    crypto.signing dpop engine format image logging model policy policy.file qr revocation sizing
                    store store.audit store.feed store.secret trust
            demo.phone <- format format.entrypass http.connection http.response http.web model qr
            demo <- access app app.config app.keys app.lists cli cli.option crypto crypto.signing demo.phone dpop format
                    format.hcert model qr revocation store.feed trust
            """;

    private static Floors floors() {
        return Floors.of(ROWS);
    }

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(Floors.ROOT);

    @Test
    void everyPackageHasARow_andNothingOnItIsNeedless() throws IOException {
        assertThat(floors().wrongRows()).isEmpty();
        assertThat(floors().withoutRow(Floors.uses(PRODUCTION))).isEmpty();
        assertThat(floors().needless(Floors.uses(PRODUCTION), Floors.imports(MAIN)))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aPackageSeesOnlyItsRow() throws IOException {
        List<Floors.Use> uses = new ArrayList<>(Floors.uses(PRODUCTION));
        var _ = uses.addAll(Floors.imports(MAIN));
        return floors().names().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(floors().violations(uses.stream()
                                        .filter(use -> use.from().equals(name))
                                        .toList()))
                                .isEmpty()));
    }

    @Test
    void aWrongImport_isFound() {
        Floors planted = Floors.of("model\ntrust <- model");
        assertThat(planted.violations(Floors.uses(PRODUCTION)))
                .anySatisfy(said -> assertThat(said).contains("of trust sees io.passgate.crypto."));
    }

    @Test
    void anImportOfAConstant_thatTheCompilerLeavesNoTraceOf_isFound(@TempDir Path folder) throws IOException {
        Path room = Files.createDirectories(folder.resolve("http").resolve("admin"));
        var _ = Files.writeString(
                room.resolve("Planted.java"), "package x;\n\nimport static io.passgate.qr.QrPicture.MOST_PIXELS;\n");
        assertThat(floors().violations(Floors.imports(folder)))
                .containsExactly("Planted of http.admin sees io.passgate.qr.QrPicture.MOST_PIXELS");
    }

    @Test
    void aPackageWithoutARow_isFound() {
        Floors planted = Floors.of("model");
        assertThat(planted.withoutRow(Floors.uses(PRODUCTION))).contains("trust", "store.feed");
    }

    @Test
    void aCycle_isARowThatNamesOneBelowIt() {
        assertThat(Floors.of("model <- trust\ntrust <- model").wrongRows())
                .containsExactly("model names trust, which has no row above it");
    }

    @Test
    void aRowThatNobodyNeeds_isFound() throws IOException {
        Floors planted = Floors.of(ROWS + "attic <- model");
        assertThat(planted.needless(Floors.uses(PRODUCTION), Floors.imports(MAIN)))
                .containsExactly("attic", "attic sees model");
    }

    @Test
    void noPackageHasMoreThanTwentyFiles() throws IOException {
        assertThat(Floors.crowded(MAIN, MOST_FILES)).containsOnlyKeys(CROWDED_ON_PURPOSE);
        assertThat(Floors.crowded(Path.of("bench"), MOST_FILES)).isEmpty();
    }

    @Test
    void aTwentyFirstFile_isFound(@TempDir Path folder) throws IOException {
        Path room = Files.createDirectories(folder.resolve("store").resolve("feed"));
        for (int i = 0; i < MOST_FILES; i++) {
            var _ = Files.createFile(room.resolve("F" + i + ".java"));
        }
        assertThat(Floors.crowded(folder, MOST_FILES)).isEmpty();
        var _ = Files.createFile(room.resolve("OneMore.java"));
        assertThat(Floors.crowded(folder, MOST_FILES)).isEqualTo(Map.of("store/feed", MOST_FILES + 1));
    }

    @TestFactory
    Stream<DynamicTest> aPurePackageKnowsNoServer() {
        return PURE.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(Floors.ROOT + "." + name)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..")
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
