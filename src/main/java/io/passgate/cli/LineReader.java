package io.passgate.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import io.passgate.cli.option.InstantOption;
import io.passgate.model.Blanks;
import io.passgate.model.Slice;
import io.passgate.trust.Rejection;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a question of one input line of {@code passgate verify}. */
final class LineReader {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS = Set.of("id", "payload", "at", "trust");

    /** Lines of one file mostly name the same few certificates. */
    private static final int CACHED_TRUST_LISTS = 64;

    private final TrustImporter importer;
    private final TrustList fallbackTrust;
    private final Instant fallbackAt;
    private final Consumer<Rejection> leftOut;
    private final Map<String, TrustList> trustLists = new LinkedHashMap<>();

    /**
     * A reader of one input.
     *
     * @param leftOut hears of certificates that cannot be used
     */
    LineReader(TrustImporter importer, TrustList fallbackTrust, Instant fallbackAt, Consumer<Rejection> leftOut) {
        this.leftOut = leftOut;
        this.importer = importer;
        this.fallbackTrust = fallbackTrust;
        this.fallbackAt = fallbackAt;
    }

    /** What a line came to. */
    sealed interface Line {
        JsonNode id();

        /** A payload to judge. */
        record Question(JsonNode id, Slice payload, Instant at, TrustList trust) implements Line {}

        /** A line that does not say what to judge; {@code why} is for the person who wrote it. */
        record Unreadable(JsonNode id, String why) implements Line {}
    }

    /** Reads line {@code number}, given without the blanks around it; it has one character at least. */
    Line read(int number, Slice line) {
        IntNode ownId = IntNode.valueOf(number);
        if (line.at(0) != '{') {
            return new Line.Question(ownId, line, fallbackAt, fallbackTrust);
        }
        try {
            JsonNode object = JSON.readTree(line.array(), line.offset(), line.length());
            JsonNode id = object.hasNonNull("id") ? object.get("id") : ownId;
            return readObject(id, object);
        } catch (JsonProcessingException broken) {
            return new Line.Unreadable(
                    ownId, "broken JSON at character " + broken.getLocation().getColumnNr());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Line readObject(JsonNode id, JsonNode object) {
        for (var field : object.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                return new Line.Unreadable(id, "unknown field \"" + field.getKey() + "\"");
            }
        }
        JsonNode payload = object.path("payload");
        if (!payload.isTextual()) {
            return new Line.Unreadable(id, "\"payload\" is not a text");
        }
        try {
            Instant at = object.hasNonNull("at")
                    ? InstantOption.parse(object.get("at").asText())
                    : fallbackAt;
            TrustList trust = object.hasNonNull("trust") ? trust(object.get("trust")) : fallbackTrust;
            return new Line.Question(id, ascii(payload.textValue()), at, trust);
        } catch (DateTimeException unreadable) {
            return new Line.Unreadable(id, "\"at\" is not an instant");
        } catch (IllegalArgumentException unreadable) {
            return new Line.Unreadable(id, "\"trust\": " + unreadable.getMessage());
        }
    }

    static Slice ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Blanks.toAscii(text.charAt(i));
        }
        return Slice.of(bytes);
    }

    /**
     * Reads an array of certificates. One that cannot be used does not cost the others.
     *
     * @throws IllegalArgumentException if it is no array, or not Base64
     */
    private TrustList trust(JsonNode certificates) {
        if (!certificates.isArray()) {
            throw new IllegalArgumentException("not an array of certificates");
        }
        String key = certificates.toString();
        TrustList known = trustLists.get(key);
        if (known != null) {
            return known;
        }
        if (trustLists.size() == CACHED_TRUST_LISTS) {
            trustLists.clear();
        }
        List<SignerImport> parts = new ArrayList<>();
        for (JsonNode certificate : certificates) {
            byte[] der = Base64.getMimeDecoder().decode(certificate.asText());
            parts.add(importer.read("certificate " + parts.size(), der));
        }
        SignerImport found = SignerImport.join(parts);
        found.rejected().forEach(leftOut);
        TrustList list = TrustList.of(found.signers());
        trustLists.put(key, list);
        return list;
    }
}
