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

    /** As metrics and the log name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
