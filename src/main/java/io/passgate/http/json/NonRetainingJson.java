package io.passgate.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How bodies are read so that nothing of them stays. Jackson by itself keeps the buffers it read with, and some
 * thousands of members' names of all that it read, be they a client's or a holder's.
 */
public final class NonRetainingJson {
    private static final int MAX_NAME_CHARS = 64;

    private NonRetainingJson() {}

    /** {@return what makes parsers of characters} Those of bytes could not do without keeping names. */
    public static JsonFactoryBuilder factory() {
        return (JsonFactoryBuilder) JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
    }

    /** {@return bounds on what a parser takes: names have at most {@value #MAX_NAME_CHARS} characters} */
    public static StreamReadConstraints.Builder constraints() {
        return StreamReadConstraints.builder().maxNameLength(MAX_NAME_CHARS);
    }

    /**
     * {@return the characters of a body (RFC 8259 section 8.1), which belong to the caller}
     *
     * @param body in UTF-8; it is not changed
     * @throws CharacterCodingException if it is not UTF-8
     */
    public static char[] characters(byte[] body) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        if (decoded.remaining() == decoded.array().length) {
            return decoded.array();
        }
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        return characters;
    }
}
