package io.passgate.format.hcert;

import io.passgate.model.Blanks;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ways in which one unique certificate identifier, or one country, is written in the field: a list may hold the
 * hash of another spelling than the certificate shows, and means the same certificate.
 */
final class IdentifierSpellings {
    private static final String PREFIX = "URN:UVCI:";

    private IdentifierSpellings() {}

    /** As written, without the blanks around it, and with and without the prefix {@code URN:UVCI:} in any case. */
    static Set<String> ofIdentifier(String written) {
        String stripped = Blanks.strip(written);
        boolean prefixed = stripped.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        String bare = prefixed ? stripped.substring(PREFIX.length()) : stripped;
        Set<String> spellings = new LinkedHashSet<>(4);
        spellings.add(written);
        spellings.add(stripped);
        spellings.add(bare);
        spellings.add(PREFIX + bare);
        return spellings;
    }

    /**
     * The issuer as written and without the blanks around it, and the country of the signer; none where neither is
     * there.
     */
    static Set<String> ofCountry(Optional<String> issuer, Optional<String> signer) {
        Set<String> spellings = new LinkedHashSet<>(4);
        issuer.ifPresent(written -> {
            spellings.add(written);
            spellings.add(Blanks.strip(written));
        });
        signer.ifPresent(written -> spellings.add(Blanks.strip(written)));
        return spellings;
    }
}
