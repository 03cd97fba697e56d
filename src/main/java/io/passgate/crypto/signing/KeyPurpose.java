package io.passgate.crypto.signing;

import java.util.regex.Pattern;

/** What a key of ours signs. A key has one purpose only. */
public sealed interface KeyPurpose {

    /** {@return how people and listings name it, such as {@code pass:kakao} or {@code wallet}} */
    String code();

    /** {@return the CN of its certificates} */
    String commonName();

    /**
     * Entry passes of one provider.
     *
     * @param provider its name: {@code [a-z][a-z0-9-]{0,15}}
     */
    record Passes(String provider) implements KeyPurpose {
        private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]{0,15}");

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if the name has other characters, or too many
         */
        public Passes {
            if (!PROVIDER.matcher(provider).matches()) {
                throw new IllegalArgumentException(
                        "a provider's name is a letter and up to 15 more letters, digits and -," + " in lower case");
            }
        }

        @Override
        public String code() {
            return "pass:" + provider;
        }

        @Override
        public String commonName() {
            return provider;
        }
    }

    /** Wallet certificates: health certificates that a holder keeps. */
    record Certificates() implements KeyPurpose {
        @Override
        public String code() {
            return "wallet";
        }

        @Override
        public String commonName() {
            return "Wallet certificates";
        }
    }
}
