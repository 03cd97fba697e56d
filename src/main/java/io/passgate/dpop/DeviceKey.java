package io.passgate.dpop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.passgate.codec.Base64Url;
import io.passgate.crypto.P256Verifier;
import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A device's public key: a point on P-256, checked. Equality is plain and takes variable time, for a public key is no
 * secret.
 */
public final class DeviceKey {
    /** x then y, 32 bytes each, big-endian. */
    public static final int BYTES = P256Verifier.POINT_BYTES;

    private static final int COORDINATE_BYTES = BYTES / 2;
    private static final int COORDINATE_CHARS = 43;

    private final byte[] point;

    private DeviceKey(byte[] point) {
        this.point = point;
    }

    /**
     * {@return the key in these bytes}
     *
     * @param point x then y as {@link #toByteArray} gives them; copied
     * @throws IllegalArgumentException if they are not {@link #BYTES}, or not a point on the curve
     */
    public static DeviceKey of(byte[] point) {
        return at(point.clone()).orElseThrow(() -> new IllegalArgumentException("not the bytes of a point on P-256"));
    }

    private static Optional<DeviceKey> at(byte[] point) {
        return P256Verifier.isOnCurve(point) ? Optional.of(new DeviceKey(point)) : Optional.empty();
    }

    /**
     * Reads a JWK (RFC 7518 section 6.2.1) as far as it is an object; empty unless it is a public key on P-256. Members
     * that say neither point nor curve are passed over (RFC 7517 section 4), but a private one is refused: whoever
     * sends it has given the key away.
     *
     * @param json at the JWK's first token; afterwards at its last, if it is an object
     */
    static Optional<DeviceKey> readJwk(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            return Optional.empty();
        }
        byte[] point = new byte[BYTES];
        boolean type = false;
        boolean curve = false;
        boolean x = false;
        boolean y = false;
        boolean isPrivate = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            var _ = json.nextToken();
            switch (name) {
                case "kty" -> type = ProofParser.isText(json, "EC");
                case "crv" -> curve = ProofParser.isText(json, "P-256");
                case "x" -> x = readCoordinate(json, point, 0);
                case "y" -> y = readCoordinate(json, point, COORDINATE_BYTES);
                case "d" -> isPrivate = true;
                default -> {}
            }
            json.skipChildren();
        }
        return type && curve && x && y && !isPrivate ? at(point) : Optional.empty();
    }

    /** A coordinate has its 32 bytes even where the first of them are 0 (RFC 7518 section 6.2.1.2). */
    private static boolean readCoordinate(JsonParser json, byte[] point, int offset) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING) || json.getTextLength() != COORDINATE_CHARS) {
            return false;
        }
        byte[] chars = json.getText().getBytes(StandardCharsets.US_ASCII);
        return Base64Url.decode(chars, 0, chars.length, point, offset) == COORDINATE_BYTES;
    }

    /** Whether {@code signature} is one of {@code message} by this key. */
    boolean verifies(P256Verifier verifier, Slice message, Slice signature) {
        return verifier.verify(point, message, signature);
    }

    /** {@return the JWK thumbprint with SHA-256 (RFC 7638), in Base64url: 43 characters} */
    public String thumbprint() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String x = base64.encodeToString(Arrays.copyOfRange(point, 0, COORDINATE_BYTES));
        String y = base64.encodeToString(Arrays.copyOfRange(point, COORDINATE_BYTES, BYTES));
        String canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
        MessageDigest sha256 = Digests.sha256();
        return base64.encodeToString(sha256.digest(canonical.getBytes(StandardCharsets.US_ASCII)));
    }

    /** {@return x then y, {@link #BYTES} in all, as a copy} */
    public byte[] toByteArray() {
        return point.clone();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof DeviceKey that && Arrays.equals(point, that.point));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    /** Nothing that tells one device from another. */
    @Override
    public String toString() {
        return "DeviceKey[P-256]";
    }
}
