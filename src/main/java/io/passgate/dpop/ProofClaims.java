package io.passgate.dpop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a DPoP proof (RFC 9449 section 4.2) and the one we add.
 *
 * @param jti the proof's own name: 1 to 64 printable ASCII characters
 * @param htm the request's method
 * @param htu the request's address
 * @param issuedAt claim {@code iat}, to the nanosecond, rounded down
 * @param consent the id of the consent that the request rests on; a proof made for others lacks it
 */
public record ProofClaims(String jti, String htm, String htu, Instant issuedAt, Optional<String> consent) {
    /** Characters of a proof's own name, at most. */
    static final int MAX_JTI_CHARS = 64;

    /** Characters and decimals of a date: no real one has more, and none of these costs anything to read. */
    private static final int MAX_DATE_DIGITS = 32;

    private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(Instant.MIN.getEpochSecond());
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
    private static final int NANO_DIGITS = 9;

    /**
     * Reads an object and nothing after it; empty unless every claim is there and of its type. Others are passed over.
     */
    static Optional<ProofClaims> read(JsonParser json) throws IOException {
        return json.nextToken() == JsonToken.START_OBJECT ? new Reader(json).read() : Optional.empty();
    }

    /** What has been read of one claims set. */
    private static final class Reader {
        private final JsonParser json;
        private @Nullable String jti;
        private @Nullable String htm;
        private @Nullable String htu;
        private @Nullable Instant issuedAt;
        private Optional<String> consent = Optional.empty();
        private boolean consentIsNoText;

        Reader(JsonParser json) {
            this.json = json;
        }

        Optional<ProofClaims> read() throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                var _ = json.nextToken();
                switch (name) {
                    case "jti" -> jti = text().filter(Reader::isJti).orElse(null);
                    case "htm" -> htm = text().orElse(null);
                    case "htu" -> htu = text().orElse(null);
                    case "iat" -> issuedAt = date().orElse(null);
                    case "consent" -> {
                        consent = text();
                        consentIsNoText = consent.isEmpty();
                    }
                    default -> {}
                }
                json.skipChildren();
            }
            if (jti == null || htm == null || htu == null || issuedAt == null || consentIsNoText) {
                return Optional.empty();
            }
            return json.nextToken() == null
                    ? Optional.of(new ProofClaims(jti, htm, htu, issuedAt, consent))
                    : Optional.empty();
        }

        private Optional<String> text() throws IOException {
            return json.hasToken(JsonToken.VALUE_STRING) ? Optional.of(json.getText()) : Optional.empty();
        }

        private static boolean isJti(String text) {
            return !text.isEmpty()
                    && text.length() <= MAX_JTI_CHARS
                    && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        }

        /** A NumericDate (RFC 7519 section 2): a JSON number in any of its forms. */
        private Optional<Instant> date() throws IOException {
            if (!json.currentToken().isNumeric() || json.getTextLength() > MAX_DATE_DIGITS) {
                return Optional.empty();
            }
            try {
                BigDecimal seconds = new BigDecimal(json.getText());
                return seconds.scale() > MAX_DATE_DIGITS ? Optional.empty() : Optional.of(instant(seconds));
            } catch (NumberFormatException exponentTooLong) {
                return Optional.empty();
            }
        }

        /** Beyond what an Instant can say, the first or the last one it can. */
        private static Instant instant(BigDecimal seconds) {
            if (seconds.compareTo(FIRST_SECOND) <= 0) {
                return Instant.MIN;
            }
            if (seconds.compareTo(LAST_SECOND) >= 0) {
                return Instant.MAX;
            }
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            BigDecimal nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS);
            return Instant.ofEpochSecond(whole.longValue(), nanos.intValue());
        }
    }

    /** Nothing of the claims: they name a consent. */
    @Override
    public String toString() {
        return "ProofClaims";
    }
}
