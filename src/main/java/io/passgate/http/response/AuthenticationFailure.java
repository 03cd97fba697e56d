package io.passgate.http.response;

import java.util.Locale;

/** Why a request's token does not open its route. */
public enum AuthenticationFailure {
    /** There is no {@code Authorization}. */
    MISSING,
    /** It is no bearer token. */
    MALFORMED,
    /** Nobody has the token. */
    UNKNOWN,
    /** The token was good until its end. */
    EXPIRED,
    /** The token is good, but not here. */
    WRONG_ROLE;

    /** {@return the name that metrics and the log have, such as {@code wrong_role}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
