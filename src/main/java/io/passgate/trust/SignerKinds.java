package io.passgate.trust;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The kinds of signer that may be added from outside: those of the formats that a gateway verifies. */
public final class SignerKinds {
    private final Map<String, Declared> byCode;

    /**
     * One kind.
     *
     * @param code as {@link SignerKind#code}
     * @param ofParty whether a signer of this kind signs for one party, and has to name it
     */
    public record Declared(String code, boolean ofParty) {
        /**
         * Checks the code.
         *
         * @throws IllegalArgumentException if it has other characters than a code, or too many
         */
        public Declared {
            if (SignerKind.of(code, "").isEmpty()) {
                throw new IllegalArgumentException("no code of a signer's kind: " + code);
            }
        }
    }

    /**
     * Gathers kinds.
     *
     * @param kinds those of all formats; one may come several times
     * @throws IllegalArgumentException if one code stands for a kind with parties and for one without
     */
    public SignerKinds(Collection<Declared> kinds) {
        byCode = new TreeMap<>();
        for (Declared kind : kinds) {
            Declared other = byCode.putIfAbsent(kind.code(), kind);
            if (other != null && !other.equals(kind)) {
                throw new IllegalArgumentException("two kinds of signer are called " + kind.code());
            }
        }
    }

    /**
     * {@return the kind with this code and party; empty if it is not one of these, or lacks a party, or must not have
     * one}
     *
     * @param code as a client wrote it
     * @param party whose payloads the signer signs; empty where none was named
     */
    public Optional<SignerKind> find(String code, Optional<String> party) {
        Declared kind = byCode.get(code);
        return kind == null
                        || kind.ofParty() != party.isPresent()
                        || party.filter(String::isEmpty).isPresent()
                ? Optional.empty()
                : SignerKind.of(code, party.orElse(""));
    }

    /** For messages, for example {@code "dcc, or pass with a provider"}. */
    @Override
    public String toString() {
        return byCode.values().stream()
                .map(kind -> kind.ofParty() ? kind.code() + " with a \"provider\" in lower case" : kind.code())
                .collect(Collectors.joining(", or "));
    }
}
