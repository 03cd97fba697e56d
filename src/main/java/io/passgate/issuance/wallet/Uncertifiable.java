package io.passgate.issuance.wallet;

/** Why an event of a record gets no certificate. */
public enum Uncertifiable {
    /** The vaccine is not in the EU value set, or not with a known holder. */
    PRODUCT_UNKNOWN("product_unknown"),
    /** The kind of test is neither of the two of the EU value set. */
    TEST_TYPE_UNKNOWN("test_type_unknown"),
    /** The result is neither of the two of the EU value set. */
    TEST_RESULT_UNKNOWN("test_result_unknown"),
    /** The event's country is not in ISO 3166. */
    COUNTRY_UNKNOWN("country_unknown"),
    /** A DCC cannot express an exemption. */
    EXEMPTION("exemption"),
    /** Our signer's certificate is not valid now: a fault of ours, the record is well. */
    SIGNER_NOT_VALID("signer_not_valid");

    private final String code;

    Uncertifiable(String code) {
        this.code = code;
    }

    /** {@return the stable name in answers} */
    public String code() {
        return code;
    }
}
