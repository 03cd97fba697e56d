package io.passgate.dpop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.passgate.codec.Base64Url;
import io.passgate.model.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a DPoP proof: a JWS in compact form (RFC 7515 section 7.1) with the header and the claims of RFC 9449 section
 * 4.2, signed with ES256. Two readers cannot take it for two things: an object with a member twice, text in another
 * encoding than UTF-8 and Base64url in another form than the usual one are malformed.
 */
public final class ProofParser {
    /** Characters of a proof. One with a long address and a long consent id has fewer than a thousand. */
    public static final int MAX_CHARS = 4_096;

    private static final int SIGNATURE_CHARS = 86;

    /** Jackson by itself keeps the buffers it read with, and the members' names. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(64)
                    .maxNestingDepth(8)
                    .maxStringLength(MAX_CHARS)
                    .maxNumberLength(64)
                    .build())
            .build();

    private ProofParser() {}

    /**
     * Reads the text of one DPoP header.
     *
     * @param text of any length and characters
     * @return the proof, or that it is none
     */
    public static ProofReading parse(String text) {
        if (text.length() > MAX_CHARS) {
            return new ProofReading.Malformed();
        }
        byte[] chars = text.getBytes(StandardCharsets.US_ASCII);
        int claimsAt = indexOfDot(chars, 0) + 1;
        int signatureAt = indexOfDot(chars, claimsAt) + 1;
        if (claimsAt == 0 || signatureAt == 0 || chars.length - signatureAt != SIGNATURE_CHARS) {
            return new ProofReading.Malformed();
        }
        Optional<Slice> signature = decode(chars, signatureAt, chars.length);
        if (signature.isEmpty()) {
            return new ProofReading.Malformed();
        }
        try {
            Optional<DeviceKey> key = readHeader(decode(chars, 0, claimsAt - 1));
            if (key.isEmpty()) {
                return new ProofReading.Malformed();
            }
            Optional<ProofClaims> claims = readClaims(decode(chars, claimsAt, signatureAt - 1));
            Slice signed = Slice.of(chars, 0, signatureAt - 1);
            return claims.isEmpty()
                    ? new ProofReading.Malformed()
                    : new ProofReading.Parsed(new DeviceProof(key.get(), claims.get(), signed, signature.get()));
        } catch (IOException broken) {
            return new ProofReading.Malformed();
        }
    }

    /** The index of the first dot from {@code from} on, or -1. */
    private static int indexOfDot(byte[] chars, int from) {
        for (int i = from; i < chars.length; i++) {
            if (chars[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Slice> decode(byte[] chars, int from, int to) {
        byte[] bytes = new byte[Base64Url.decodedLength(to - from)];
        int length = Base64Url.decode(chars, from, to - from, bytes, 0);
        return length < 0 ? Optional.empty() : Optional.of(Slice.of(bytes, 0, length));
    }

    private static Optional<DeviceKey> readHeader(Optional<Slice> bytes) throws IOException {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser json = open(bytes.get())) {
            return json.nextToken() == JsonToken.START_OBJECT ? readHeader(json) : Optional.empty();
        }
    }

    private static Optional<ProofClaims> readClaims(Optional<Slice> bytes) throws IOException {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser json = open(bytes.get())) {
            return ProofClaims.read(json);
        }
    }

    private static JsonParser open(Slice bytes) throws IOException {
        CharBuffer text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length()));
        char[] characters = new char[text.remaining()];
        text.get(characters);
        return JSON.createParser(characters);
    }

    /**
     * The key of a JOSE header, if the rest of it is as it must be. Parameters we do not know are passed over unless
     * the header calls them critical (RFC 7515 sections 4 and 4.1.11); we know none that could be.
     */
    private static Optional<DeviceKey> readHeader(JsonParser json) throws IOException {
        Optional<DeviceKey> key = Optional.empty();
        boolean type = false;
        boolean algorithm = false;
        boolean critical = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            var _ = json.nextToken();
            switch (name) {
                case "typ" -> type = isText(json, "dpop+jwt");
                case "alg" -> algorithm = isText(json, "ES256");
                case "jwk" -> key = DeviceKey.readJwk(json);
                case "crit" -> critical = true;
                default -> {}
            }
            json.skipChildren();
        }
        boolean wellFormed = type && algorithm && !critical && json.nextToken() == null;
        return wellFormed ? key : Optional.empty();
    }

    /** Whether the current value is exactly this text. */
    static boolean isText(JsonParser json, String text) throws IOException {
        return json.hasToken(JsonToken.VALUE_STRING) && json.getText().equals(text);
    }
}
