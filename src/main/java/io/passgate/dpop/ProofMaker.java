package io.passgate.dpop;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.JcaSigner;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A device with a key of its own, that makes DPoP proofs (RFC 9449) as an app does. Thread-safe. */
public final class ProofMaker {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    private final DeviceKey key;
    private final JcaSigner signer;
    private final String header;

    private ProofMaker(KeyPair keys) {
        this.key = DeviceKey.of(point((ECPublicKey) keys.getPublic()));
        this.signer = new JcaSigner(CryptoProviders.preferred(), keys.getPrivate());
        this.header = header(jwk());
    }

    /** {@return a device with a fresh key} */
    public static ProofMaker fresh() {
        return new ProofMaker(newKeys());
    }

    /**
     * {@return a device with this key}
     *
     * @param keys a pair of P-256
     * @throws IllegalArgumentException if it is none of P-256
     */
    public static ProofMaker of(KeyPair keys) {
        if (!(keys.getPublic() instanceof ECPublicKey)) {
            throw new IllegalArgumentException("is no key of P-256");
        }
        return new ProofMaker(keys);
    }

    /** {@return a fresh key of P-256} */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", CryptoProviders.preferred());
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no P-256 key could be made", missing);
        }
    }

    private static byte[] point(ECPublicKey key) {
        byte[] point = new byte[2 * COORDINATE_BYTES];
        write(key.getW().getAffineX(), point, 0);
        write(key.getW().getAffineY(), point, COORDINATE_BYTES);
        return point;
    }

    private static void write(BigInteger coordinate, byte[] point, int offset) {
        for (int i = 0; i < COORDINATE_BYTES; i++) {
            point[offset + i] = coordinate
                    .shiftRight(Byte.SIZE * (COORDINATE_BYTES - 1 - i))
                    .byteValue();
        }
    }

    /** {@return its public key} */
    public DeviceKey key() {
        return key;
    }

    /**
     * {@return the proof of a {@code POST} under a consent, as of now and with an id of its own}
     *
     * @param htu the target, as the provider's configuration names it
     * @param consent the consent's id
     */
    public String proof(String htu, String consent) {
        return proof(htu, consent, Instant.now(), UUID.randomUUID().toString());
    }

    /**
     * {@return the proof of a {@code POST} under a consent}
     *
     * @param htu the target, as the provider's configuration names it
     * @param consent the consent's id
     * @param issuedAt when it says that it was made
     * @param jti its id, which can be used once
     */
    public String proof(String htu, String consent, Instant issuedAt, String jti) {
        return sign(header, claims(htu, consent, issuedAt, jti));
    }

    /** {@return its public key as a JWK (RFC 7517)} */
    public String jwk() {
        byte[] point = key.toByteArray();
        return """
                {"kty":"EC","crv":"P-256","x":"%s","y":"%s"}""".formatted(coordinate(point, 0), coordinate(point, COORDINATE_BYTES));
    }

    private static String coordinate(byte[] point, int offset) {
        byte[] bytes = new byte[COORDINATE_BYTES];
        System.arraycopy(point, offset, bytes, 0, COORDINATE_BYTES);
        return BASE64.encodeToString(bytes);
    }

    /** {@return the JOSE header of its proofs} */
    public String header() {
        return header;
    }

    /**
     * {@return the JOSE header of a proof with any JWK}
     *
     * @param jwk in JSON, written as it is
     */
    public static String header(String jwk) {
        return "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}";
    }

    /**
     * {@return the claims of a proof} The texts are written as they are, so they must need no escape in JSON.
     *
     * @param htu the target
     * @param consent the consent's id
     * @param issuedAt when it says that it was made
     * @param jti its id
     */
    public static String claims(String htu, String consent, Instant issuedAt, String jti) {
        return """
                {"jti":"%s","htm":"POST","htu":"%s","iat":%s,"consent":"%s"}""".formatted(jti, htu, numericDate(issuedAt), consent);
    }

    /** The instant as a NumericDate (RFC 7519 section 2), to the nanosecond. */
    private static String numericDate(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * {@return the JWS in compact form of any header and claims, signed by this device's key}
     *
     * @param header in JSON
     * @param claims in JSON
     */
    public String sign(String header, String claims) {
        String signed = encode(header) + "." + encode(claims);
        byte[] signature = signer.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature);
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
