package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A country signs for its territories that have a code of their own, and no territory for its country or another. */
final class VerificationPipelineTerritoriesTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");

    private static Verdict verdict(String certificate, String issuer) {
        TestIssuer signing = ISSUER.withCertificate(TestCertificate.named(certificate));
        String card = signing.card(CardSpec.vaccination().issuer(issuer));
        return OneJudge.trusting(signing).verdict(NOON, card);
    }

    @ParameterizedTest(name = "{0} signs for {1}")
    @CsvSource({
        "GB, 'JE GG IM GI AI BM FK GS IO KY MS PN SH TC VG'",
        "UK, 'JE GG IM GI'",
        "gb, 'je'",
        "NL, 'AW CW SX BQ'",
        "FR, 'GP GF MQ RE YT PM BL MF WF PF NC TF'",
        "DK, 'FO GL'",
        "FI, 'AX'",
        "NO, 'SJ BV'",
        "US, 'AS GU MP PR UM VI'",
        "AU, 'CC CX HM NF'",
        "NZ, 'CK NU TK'",
        "ES, 'IC EA'",
    })
    void aCountry_signsForItsTerritories_andTheyNotForIt(String country, String territories) {
        for (String territory : territories.split(" ")) {
            assertThat(verdict(country, territory))
                    .as("%s for %s", country, territory)
                    .isInstanceOf(Verdict.Accepted.class);
            assertThat(verdict(territory, country.strip()))
                    .as("%s for %s", territory, country)
                    .isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
            assertThat(verdict("DE", territory))
                    .as("DE for %s", territory)
                    .isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        }
    }

    @Test
    void territoriesOfOneCountry_doNotSignForEachOther() {
        assertThat(verdict("JE", "GG")).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        assertThat(verdict("CW", "SX")).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        assertThat(verdict("JE", "JE")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aCountryWithTerritories_isAnotherCountryForAllOthers() {
        assertThat(verdict("GB", "GR")).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        assertThat(verdict("GB", "FO")).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        assertThat(verdict("GB", "IE")).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
    }
}
