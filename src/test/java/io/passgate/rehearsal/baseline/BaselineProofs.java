package io.passgate.rehearsal.baseline;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Checks DPoP proofs (RFC 9449) by the JDK, and remembers each in Redis. Any number of threads. */
final class BaselineProofs {
    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final Duration MAX_AHEAD = Duration.ofSeconds(5);
    private static final int PARTS = 3;
    private static final int SIGN = 1;

    private final BaselineStores stores;
    private final String htu;
    private final ECParameterSpec curve;

    /** @param htu what proofs are made for */
    BaselineProofs(BaselineStores stores, String htu) throws GeneralSecurityException {
        this.stores = stores;
        this.htu = htu;
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        curve = parameters.getParameterSpec(ECParameterSpec.class);
    }

    /**
     * Whether a proof is good, and is used for the first time.
     *
     * @param device x and y of the key of the phone that is registered
     */
    boolean isProven(@Nullable String proof, String provider, String consent, byte[] device, Instant now)
            throws Exception {
        String[] parts = proof == null ? new String[0] : proof.split("\\.");
        if (parts.length != PARTS) {
            return false;
        }
        JsonObject header = json(parts[0]);
        JsonObject claims = json(parts[1]);
        JsonObject jwk = header.getJsonObject("jwk");
        byte[] x = bytes(jwk.getString("x"));
        byte[] y = bytes(jwk.getString("y"));
        Instant issuedAt = Instant.ofEpochMilli((long) (claims.getDouble("iat") * 1_000));
        return header.getString("typ").equals("dpop+jwt")
                && header.getString("alg").equals("ES256")
                && claims.getString("htm").equals("POST")
                && claims.getString("htu").equals(htu)
                && claims.getString("consent").equals(consent)
                && !issuedAt.isBefore(now.minus(MAX_AGE))
                && !issuedAt.isAfter(now.plus(MAX_AHEAD))
                && Arrays.equals(joined(x, y), device)
                && isSigned(parts, x, y)
                && stores.putFirst(
                        "baseline:jti:" + provider + ":" + consent + ":" + claims.getString("jti"),
                        "",
                        MAX_AGE.plus(MAX_AHEAD).toMillis());
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(bytes(part), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static byte[] joined(byte[] x, byte[] y) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(x.length + y.length);
        both.writeBytes(x);
        both.writeBytes(y);
        return both.toByteArray();
    }

    private boolean isSigned(String[] parts, byte[] x, byte[] y) throws GeneralSecurityException {
        ECPoint point = new ECPoint(new BigInteger(SIGN, x), new BigInteger(SIGN, y));
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(bytes(parts[2]));
    }
}
