package io.passgate.trial;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** A phone with a P-256 key that makes device proofs (RFC 9449), by nothing but the JDK. */
final class Phone {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    private static final String HEADER = """
            {"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"%s","y":"%s"}}""";

    private static final String CLAIMS = """
            {"jti":"%s","htm":"POST","htu":"%s","iat":%d,"consent":"%s"}""";

    private final KeyPair keys;

    Phone() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    /** A proof as of now, for one request under a consent. */
    String proof(String htu, String consent) throws GeneralSecurityException {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        String x = coordinate(key.getW().getAffineX());
        String y = coordinate(key.getW().getAffineY());
        String claims = CLAIMS.formatted(UUID.randomUUID(), htu, Instant.now().getEpochSecond(), consent);
        String signed = encode(HEADER.formatted(x, y)) + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Its 32 bytes, the highest first. */
    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        byte[] low = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - COORDINATE_BYTES), bytes.length);
        System.arraycopy(low, 0, padded, COORDINATE_BYTES - low.length, low.length);
        return BASE64.encodeToString(padded);
    }
}
