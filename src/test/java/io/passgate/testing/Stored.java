package io.passgate.testing;

import io.passgate.format.Decoded;
import io.passgate.model.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** All that PostgreSQL holds, as text, and all that Redis was ever told to hold, as its append-only files have it. */
public final class Stored {
    private final String rows;
    private final String redis;

    private Stored(String rows, String redis) {
        this.rows = rows;
        this.redis = redis;
    }

    /** As of now; {@code redisFolder} is where Redis writes. */
    public static Stored in(TestStores stores, Path redisFolder) throws IOException, SQLException {
        return new Stored(String.join("\n", rows(stores)), files(redisFolder));
    }

    private static List<String> rows(TestStores stores) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : stores.texts("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm')"
                + " AND relnamespace = 'public'::regnamespace ORDER BY 1")) {
            stores.texts("SELECT t::text FROM " + table + " t").forEach(row -> rows.add(table + " " + row));
        }
        return rows;
    }

    /** Each byte as the character of its number. */
    private static String files(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().contains("appendonly"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    /** Whether PostgreSQL has it: as text, or its UTF-8 in a column of bytes. */
    public boolean hasRowWith(String text) {
        return rows.contains(text) || rows.contains(hex(text.getBytes(StandardCharsets.UTF_8)));
    }

    public boolean redisHas(String text) {
        return redis.contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Whether either of them has a payload, or its signature or its claims as bytes. */
    public boolean hasPayload(String payload) {
        if (hasRowWith(payload) || redisHas(payload)) {
            return true;
        }
        Slice text = Slice.of(payload.getBytes(StandardCharsets.US_ASCII));
        return switch (UsualFormats.decoder().decode(text)) {
            case Decoded.Well(var credential) -> has(credential.signature()) || has(credential.claims());
            case Decoded.Malformed malformed -> throw new AssertionError("no payload: " + malformed.reason());
        };
    }

    private boolean has(Slice slice) {
        byte[] bytes = slice.toByteArray();
        return rows.contains(hex(bytes)) || redis.contains(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
