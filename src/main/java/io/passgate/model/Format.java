package io.passgate.model;

/** The format a payload was recognised as. */
public enum Format {
    /** EU Digital COVID Certificate: HCERT ("HC1:"), claim -260 key 1. */
    EU_DCC("eu-dcc");

    private final String code;

    Format(String code) {
        this.code = code;
    }

    /** The stable name in answers. */
    public String code() {
        return code;
    }
}
