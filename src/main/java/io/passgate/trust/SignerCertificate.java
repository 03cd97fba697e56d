package io.passgate.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * The X.509 certificate a signer's key came in, as far as acceptance depends on it.
 *
 * @param notBefore first instant of its validity
 * @param notAfter last instant of its validity
 * @param country the subject's C, upper case
 * @param organization the subject's O
 * @param subject the subject as RFC 4514 text, for people
 */
public record SignerCertificate(
        Instant notBefore, Instant notAfter, Optional<String> country, Optional<String> organization, String subject) {}
