package io.passgate.issuance.wallet;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a DCC says about a medicinal product besides its code, for every product of the EU value set {@code
 * vaccines-covid-19-names} (2022-11-30) that is not deprecated.
 *
 * @param product DCC {@code mp}
 * @param prophylaxis DCC {@code vp}: mRNA, or the antigen vaccine that every other is. The finer codes of 2022 and 2023
 *     are unknown to verifiers that hold the value sets of 2021, and these two are in both
 * @param holder DCC {@code ma}
 */
record Vaccine(String product, String prophylaxis, String holder) {
    private static final String ANTIGEN_VACCINE = "1119305005";
    private static final String MRNA_VACCINE = "1119349007";

    private static final Map<String, Vaccine> BY_PRODUCT = Stream.of(
                    mrna("EU/1/20/1507", "ORG-100031184"),
                    antigen("EU/1/20/1525", "ORG-100001417"),
                    mrna("EU/1/20/1528", "ORG-100030215"),
                    antigen("EU/1/21/1529", "ORG-100001699"),
                    antigen("EU/1/21/1580", "ORG-100000788"),
                    antigen("EU/1/21/1618", "ORG-100032020"),
                    antigen("EU/1/21/1624", "ORG-100036422"),
                    antigen("EU/1/22/1709", "ORG-100036914"),
                    antigen("Abdala", "CIGB"),
                    antigen("AZD2816", "ORG-100001699"),
                    antigen("BBIBP-CorV", "ORG-100020693"),
                    antigen("Convidecia", "ORG-100013793"),
                    antigen("CoronaVac", "Sinovac-Biotech"),
                    antigen("Covaxin", "Bharat-Biotech"),
                    antigen("Covid-19-adsorvida-inativada", "Instituto-Butantan"),
                    antigen("Covid-19-recombinant", "Fiocruz"),
                    antigen("Covifenz", "ORG-100008549"),
                    antigen("Covishield", "ORG-100001981"),
                    antigen("CoviVac", "Chumakov-Federal-Scientific-Center"),
                    antigen("Covovax", "ORG-100001981"),
                    mrna("CVnCoV", "ORG-100006270"),
                    antigen("EpiVacCorona", "Vector-Institute"),
                    antigen("EpiVacCorona-N", "Vector-Institute"),
                    antigen("Hayat-Vax", "ORG-100023050"),
                    antigen("MVC-COV1901", "ORG-100033914"),
                    antigen("NVSI-06-08", "NVSI"),
                    antigen("R-COVI", "ORG-100007893"),
                    antigen("SCTV01C", "ORG-100026614"),
                    antigen("Soberana-02", "Finlay-Institute"),
                    antigen("Soberana-Plus", "Finlay-Institute"),
                    antigen("Sputnik-Light", "Gamaleya-Research-Institute"),
                    antigen("Sputnik-M", "Gamaleya-Research-Institute"),
                    antigen("Sputnik-V", "Gamaleya-Research-Institute"),
                    antigen("WIBP-CorV", "Sinopharm-WIBP"),
                    antigen("YS-SC2-010", "Yisheng-Biopharma"))
            .collect(Collectors.toUnmodifiableMap(Vaccine::product, vaccine -> vaccine));

    private static Vaccine mrna(String product, String holder) {
        return new Vaccine(product, MRNA_VACCINE, holder);
    }

    private static Vaccine antigen(String product, String holder) {
        return new Vaccine(product, ANTIGEN_VACCINE, holder);
    }

    /** The vaccine with this product code, or empty where the table has none. */
    static Optional<Vaccine> of(String product) {
        return Optional.ofNullable(BY_PRODUCT.get(product));
    }
}
