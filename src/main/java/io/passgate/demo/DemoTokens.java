package io.passgate.demo;

import io.passgate.access.NewToken;
import java.util.random.RandomGenerator;

/** The tokens of one demonstration. */
final class DemoTokens {
    private final NewToken verifier;
    private final NewToken admin;

    DemoTokens(RandomGenerator random) {
        verifier = new NewToken(random);
        admin = new NewToken(random);
    }

    /** For verifications. */
    String verifier() {
        return verifier.reveal();
    }

    /** For signers and revocations. */
    String admin() {
        return admin.reveal();
    }
}
