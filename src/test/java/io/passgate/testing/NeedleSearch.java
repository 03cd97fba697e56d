package io.passgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for many secrets at once, each whole or in pieces and in every one of its {@linkplain NeedleForms forms}. One
 * pass over what is searched: at each byte a filter of the forms' first eight bytes, then their table, then a
 * comparison.
 */
public final class NeedleSearch {
    /**
     * A longer secret is found by any stretch of it of so many bytes or characters: scratch is often half overwritten.
     */
    public static final int PIECE = 12;

    /** A file is read in blocks of so many bytes. */
    public static final int BLOCK_BYTES = 16 << 20;

    private static final int FILTER_BITS = 25;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Map<Long, List<Form>> byStart = new HashMap<>();
    private final long[] filter = new long[1 << FILTER_BITS - 6];
    private final Set<String> names = new HashSet<>();
    private final byte[] published;
    private final Map<Long, List<Integer>> publishedAt = new HashMap<>();
    private int longest;

    private record Form(String needle, String form, byte[] bytes) {}

    /** For secrets of which no piece may be found. */
    public NeedleSearch() {
        this(new byte[0]);
    }

    /**
     * For secrets that may share pieces with what everybody can read.
     *
     * @param published such as a document with examples, whose first bytes are those of any certificate
     */
    public NeedleSearch(byte[] published) {
        this.published = published;
        for (int at = 0; at <= published.length - Long.BYTES; at++) {
            publishedAt
                    .computeIfAbsent((long) LONGS.get(published, at), _ -> new ArrayList<>(1))
                    .add(at);
        }
    }

    private boolean isPublished(byte[] bytes) {
        return publishedAt.getOrDefault((long) LONGS.get(bytes, 0), List.of()).stream()
                .anyMatch(at -> at + bytes.length <= published.length
                        && Arrays.equals(published, at, at + bytes.length, bytes, 0, bytes.length));
    }

    /** A secret that was found, and in which form. */
    public record Found(String needle, String form, String where, long offset) {}

    /** Adds a text of at least 8 bytes. */
    public NeedleSearch add(String name, String text) {
        int stretches = Math.max(1, text.length() - PIECE + 1);
        for (int from = 0; from < stretches; from++) {
            String piece = text.substring(from, Math.min(text.length(), from + PIECE));
            NeedleForms.of(piece).forEach((form, bytes) -> add(name, form, bytes));
        }
        return added(name);
    }

    /** Adds bytes, at least 8 of them. */
    public NeedleSearch add(String name, byte[] bytes) {
        return add(name, bytes, piece -> true);
    }

    /** The same, but for the pieces that may be found. */
    public NeedleSearch add(String name, byte[] bytes, Predicate<byte[]> isSecret) {
        int stretches = Math.max(1, bytes.length - PIECE + 1);
        for (int from = 0; from < stretches; from++) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            if (isSecret.test(piece)) {
                NeedleForms.of(piece).forEach((form, of) -> add(name, form, of));
            }
        }
        return added(name);
    }

    private NeedleSearch added(String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("nothing of " + name + " is long enough to be searched for");
        }
        return this;
    }

    private void add(String name, String form, byte[] bytes) {
        if (isPublished(bytes)) {
            return;
        }
        var _ = names.add(name);
        long start = (long) LONGS.get(bytes, 0);
        List<Form> same = byStart.computeIfAbsent(start, _ -> new ArrayList<>(1));
        if (same.stream().noneMatch(other -> Arrays.equals(other.bytes, bytes))) {
            same.add(new Form(name, form, bytes));
        }
        int bit = bit(start);
        filter[bit >>> 6] |= 1L << bit;
        longest = Math.max(longest, bytes.length);
    }

    private static int bit(long start) {
        return (int) (start * SPREAD >>> Long.SIZE - FILTER_BITS);
    }

    /** The names of all secrets. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** What is in some bytes. */
    public List<Found> in(String where, byte[] bytes) {
        List<Found> found = new ArrayList<>();
        search(where, bytes, bytes.length, bytes.length, 0, found);
        return found;
    }

    /** What is in a file, or in all files of a folder, and in their names. */
    public List<Found> in(Path path) throws IOException {
        List<Found> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList()) {
                String name = file.toString();
                found.addAll(in("the name of " + name, name.getBytes(StandardCharsets.UTF_8)));
                if (Files.isRegularFile(file)) {
                    search(name, file, found);
                }
            }
        }
        return found;
    }

    private void search(String where, Path file, List<Found> found) throws IOException {
        byte[] block = new byte[(int) Math.min(BLOCK_BYTES, Files.size(file) + longest)];
        try (InputStream in = Files.newInputStream(file)) {
            long offset = 0;
            int kept = 0;
            while (true) {
                int read = in.readNBytes(block, kept, block.length - kept);
                int size = kept + read;
                boolean last = size < block.length;
                int starts = last ? size : size - longest;
                search(where, block, size, starts, offset, found);
                if (last) {
                    return;
                }
                System.arraycopy(block, starts, block, 0, size - starts);
                kept = size - starts;
                offset += starts;
            }
        }
    }

    /** Looks at {@code bytes[0, size)} for what starts below {@code starts}. */
    private void search(String where, byte[] bytes, int size, int starts, long offset, List<Found> found) {
        int end = Math.min(starts, size - Long.BYTES + 1);
        for (int at = 0; at < end; at++) {
            long start = (long) LONGS.get(bytes, at);
            int bit = bit(start);
            if ((filter[bit >>> 6] & 1L << bit) != 0) {
                for (Form form : byStart.getOrDefault(start, List.of())) {
                    byte[] wanted = form.bytes;
                    if (wanted.length <= size - at
                            && Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length)) {
                        found.add(new Found(form.needle, form.form, where, offset + at));
                    }
                }
            }
        }
    }
}
