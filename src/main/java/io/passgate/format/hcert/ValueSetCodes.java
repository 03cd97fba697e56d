package io.passgate.format.hcert;

import io.passgate.codec.KnownTexts;
import java.util.List;

/**
 * Codes of the EU value sets that most certificates carry. Reading any other code is as good, and makes a String of it.
 */
final class ValueSetCodes {
    static final KnownTexts COMMON = new KnownTexts(List.of(
            "840539006",
            "EU/1/20/1528",
            "EU/1/20/1507",
            "EU/1/21/1529",
            "EU/1/20/1525",
            "EU/1/21/1618",
            "EU/1/21/1624",
            "EU/1/21/1580",
            "EU/1/22/1709",
            "Covishield",
            "CoronaVac",
            "BBIBP-CorV",
            "Covaxin",
            "Sputnik-V",
            "LP6464-4",
            "LP217198-3",
            "260415000",
            "260373001"));

    private ValueSetCodes() {}
}
