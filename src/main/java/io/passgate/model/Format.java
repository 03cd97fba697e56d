package io.passgate.model;

/** The format a payload was recognised as. */
public enum Format {
    /** An electronic health certificate ("HC1:") whose content is not known, or could not be reached. */
    HCERT("hcert"),
    /** EU Digital COVID Certificate: an HCERT with claim -260 key 1. */
    EU_DCC("eu-dcc"),
    /** Passgate's own entry pass ("KP1:"): signed by a provider, for one entry within seconds. */
    ENTRY_PASS("entry-pass");

    private final String code;

    Format(String code) {
        this.code = code;
    }

    /** The stable name in answers. */
    public String code() {
        return code;
    }
}
