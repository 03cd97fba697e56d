package io.passgate.store.secret;

/** What a secret is for that all gateways have alike. */
public enum SecretPurpose {
    /** Holders are known by it, and the days' tag keys sealed. */
    PEPPER("pepper", "pepper", "issuing"),
    /** The audit's chain is made by it. */
    AUDIT("audit", "audit key", "tracing");

    private final String code;
    private final String title;
    private final String part;

    SecretPurpose(String code, String title, String part) {
        this.code = code;
        this.title = title;
        this.part = part;
    }

    /** {@return its name in the database and in metrics} */
    public String code() {
        return code;
    }

    /** {@return its name for people, to go behind "the"} */
    public String title() {
        return title;
    }

    /** {@return what a gateway does not do without it} */
    public String part() {
        return part;
    }
}
