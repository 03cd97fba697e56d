package io.passgate.trust;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a signer signs; a payload of another kind is never checked against its key. A kind is data: each format names
 * its own, and one that this version has no format for is kept and listed like any other.
 *
 * @param code of the kind, stored and in answers: a letter and up to 15 more letters, digits and {@code -}, in lower
 *     case
 * @param party whose payloads it signs, of the same form; empty where the kind knows no parties
 */
public record SignerKind(String code, String party) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,15}");

    /** Health certificates (document signer certificates of the EU DCC trust framework and its likes). */
    public static final SignerKind DCC = new SignerKind("dcc", "");

    /**
     * Checks code and party.
     *
     * @throws IllegalArgumentException if one has other characters, or too many
     */
    public SignerKind {
        if (!isName(code) || !(party.isEmpty() || isName(party))) {
            throw new IllegalArgumentException("a signer's kind and party are each [a-z][a-z0-9-]{0,15}");
        }
    }

    /**
     * {@return the kind that signs entry passes of one provider}
     *
     * @param provider its name, as {@link #party} is
     * @throws IllegalArgumentException if the name has other characters, or too many
     */
    public static SignerKind pass(String provider) {
        return new SignerKind("pass", provider);
    }

    /**
     * {@return the kind with these names; empty if one of them cannot be one}
     *
     * @param code of any characters
     * @param party of any characters; empty for a kind without parties
     */
    public static Optional<SignerKind> of(String code, String party) {
        return isName(code) && (party.isEmpty() || isName(party))
                ? Optional.of(new SignerKind(code, party))
                : Optional.empty();
    }

    /** Whether a text may be a code or a party. */
    private static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }

    /** As people read it, for example {@code "dcc"} or {@code "pass of kakao"}. */
    @Override
    public String toString() {
        return party.isEmpty() ? code : code + " of " + party;
    }

    /** As it stands in the text that a signer's id is the digest of: ids are stored, so that this never changes. */
    String inId() {
        String name = Character.toUpperCase(code.charAt(0)) + code.substring(1);
        return party.isEmpty() ? name + "[]" : name + "[provider=" + party + "]";
    }
}
