package io.passgate.revocation;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.passgate.model.Kid;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A revocation batch of the EU DCC gateway, taken whole or not at all. The CMS envelope it comes in, and its signature,
 * are the downloader's business.
 *
 * <pre>{"country": "XX", "expires": "2022-11-01T00:00:00Z", "kid": "AAECAwQFBgc=" | "UNKNOWN_KID",
 *  "hashType": "SIGNATURE" | "UCI" | "COUNTRYCODEUCI", "entries": [{"hash": Base64 of 16 bytes}, …]}</pre>
 */
public sealed interface RevocationBatch {
    /** Entries of one batch at most, as the gateway has it. */
    int MAX_ENTRIES = 1_000;

    /**
     * Every entry of the batch.
     *
     * @param revocations in the order of the batch
     */
    record Usable(List<Revocation> revocations) implements RevocationBatch {
        /** Copies the entries. */
        public Usable {
            revocations = List.copyOf(revocations);
        }
    }

    /**
     * Nothing of the batch can be taken.
     *
     * @param why for the person who imports it
     */
    record Rejected(String why) implements RevocationBatch {}

    /**
     * {@return what became of a batch}
     *
     * @param json the whole document; may be anything
     */
    static RevocationBatch parse(byte[] json) {
        return Parser.parse(json);
    }

    /** Reads one document. */
    final class Parser {
        private static final ObjectMapper JSON = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        private static final String ANY_KID = "UNKNOWN_KID";

        private Parser() {}

        private static RevocationBatch parse(byte[] json) {
            try {
                return read(JSON.readTree(json));
            } catch (IOException broken) {
                return new Rejected("not well-formed JSON");
            }
        }

        private static RevocationBatch read(JsonNode batch) {
            Optional<RevocationKind> kind =
                    RevocationKind.ofCode(batch.path("hashType").asText(""));
            JsonNode entries = batch.path("entries");
            if (kind.isEmpty()) {
                return new Rejected("hashType is none of SIGNATURE, UCI, COUNTRYCODEUCI");
            }
            if (!entries.isArray() || entries.isEmpty() || entries.size() > MAX_ENTRIES) {
                return new Rejected("entries are not 1 to " + MAX_ENTRIES);
            }
            try {
                Optional<Kid> kid = kid(batch.path("kid").asText(""));
                Instant expiresAt = expiry(batch.path("expires").asText(""));
                List<Revocation> revocations = new ArrayList<>();
                for (JsonNode entry : entries) {
                    byte[] hash = decoded(entry.path("hash").asText(""));
                    if (hash.length != RevocationHash.BYTES) {
                        return new Rejected("entries[" + revocations.size() + "]: hash is not Base64 of 16 bytes");
                    }
                    RevocationKey key = new RevocationKey(kind.get(), RevocationHash.of(hash), kid);
                    revocations.add(new Revocation(key, expiresAt));
                }
                return new Usable(revocations);
            } catch (DateTimeException unreadable) {
                return new Rejected("expires is not an instant in ISO 8601");
            } catch (IllegalArgumentException wrong) {
                return new Rejected("kid is neither Base64 nor " + ANY_KID + ", or expires is out of range");
            }
        }

        private static Optional<Kid> kid(String text) {
            return text.equals(ANY_KID) ? Optional.empty() : Optional.of(Kid.ofBase64(text));
        }

        /** Upwards to a whole second. */
        private static Instant expiry(String text) {
            Instant exact = OffsetDateTime.parse(text).toInstant();
            Instant whole = exact.truncatedTo(ChronoUnit.SECONDS);
            return whole.equals(exact) ? whole : whole.plusSeconds(1);
        }

        private static byte[] decoded(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException not) {
                return new byte[0];
            }
        }
    }
}
