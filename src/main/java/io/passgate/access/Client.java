package io.passgate.access;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Someone with a token.
 *
 * @param name who they are: the facility's id or the provider's name where the role is one; never a person's. Several
 *     tokens may carry one name
 * @param role what the token opens
 * @param expiresAt from here on the token is refused
 */
public record Client(String name, Role role, Instant expiresAt) {
    /** Characters of a name. */
    public static final int MAX_NAME_LENGTH = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_NAME_LENGTH + "}");

    /**
     * Holds the name to its form.
     *
     * @throws IllegalArgumentException if the name has other characters, or too many
     */
    public Client {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a client's name has 1 to " + MAX_NAME_LENGTH + " letters, digits, dots, colons, - and _");
        }
    }
}
