package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data on territories: well formed, and what the chapter on formats says. */
final class CountriesTest {
    private static final Set<String> RESERVED = Set.of("AC", "TA", "DG", "CP", "FX", "IC", "EA");

    @ParameterizedTest(name = "\"{0}\" for \"{1}\": {2}")
    @CsvSource({
        "GB, GB, true",
        "UK, GB, true",
        "GB, UK, true",
        "UK, JE, true",
        "' gb ', 'je ', true",
        "EL, GR, true",
        "el, gr, true",
        "JE, GB, false",
        "JE, UK, false",
        "JE, IM, false",
        "GR, GB, false",
        "FR, MC, false",
        "DK, AX, false",
        "CN, TW, false",
        "'', GB, false",
        "United Kingdom, GB, false",
    })
    void aCountry_signsForItselfAndItsTerritories(String signer, String issuer, boolean may) {
        assertThat(Countries.maySignFor(signer, issuer)).isEqualTo(may);
    }

    @Test
    void everyCode_isOneOfTheStandard_andHasOneCountry() {
        Set<String> standard = new TreeSet<>(Arrays.asList(Locale.getISOCountries()));
        standard.addAll(RESERVED);
        List<String> all = new ArrayList<>();
        Countries.territories().forEach((country, territories) -> {
            assertThat(standard).contains(country).containsAll(territories);
            all.addAll(territories);
        });
        assertThat(all)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(Countries.territories().keySet());
    }

    @Test
    void theChapter_namesThemAll() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/site/markdown/formats.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 4 && cells[1].strip().matches("`[A-Z]{2}`")) {
                Set<String> codes = new TreeSet<>(Arrays.asList(cells[2].strip().split(" ")));
                documented.put(cells[1].strip().replace("`", ""), codes);
            }
        }
        assertThat(documented).isEqualTo(Countries.territories());
    }
}
