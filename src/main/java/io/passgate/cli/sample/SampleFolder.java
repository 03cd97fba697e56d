package io.passgate.cli.sample;

import io.passgate.cli.option.UsageException;
import io.passgate.model.Reason;
import io.passgate.sample.SamplePayload;
import io.passgate.sample.SampleSeries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files of one sample, written as they are made: no more than a part of them is in memory. */
final class SampleFolder {
    /** Payloads that are made at once, on all cores. */
    private static final int PART = 4_096;

    private static final long PROGRESS_EVERY_NS = 5_000_000_000L;

    private final Path folder;

    private SampleFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, if it is not there.
     *
     * @throws UsageException if it is no folder, holds something or cannot be written
     */
    static SampleFolder create(Path folder) throws IOException, UsageException {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new UsageException("--dir: " + folder + " is not empty");
                }
            }
            if (!Files.isWritable(folder)) {
                throw new AccessDeniedException(folder.toString());
            }
        } catch (FileAlreadyExistsException file) {
            throw new UsageException("--dir: " + folder + " is no folder");
        } catch (AccessDeniedException denied) {
            throw new UsageException("--dir: " + folder + " cannot be written");
        }
        return new SampleFolder(folder);
    }

    /** Writes all files; one line that says what is in them. */
    String write(SampleSeries samples, int count, PrintWriter err) throws IOException {
        write(samples.certificates());
        Map<String, Integer> answers = new TreeMap<>();
        try (BufferedWriter payloads = create("samples.txt");
                BufferedWriter expected = create("expected.jsonl")) {
            long nextProgressNs = System.nanoTime() + PROGRESS_EVERY_NS;
            for (int from = 0; from < count; from += PART) {
                List<SamplePayload> part = IntStream.range(from, Math.min(count, from + PART))
                        .parallel()
                        .mapToObj(samples::payload)
                        .toList();
                for (int i = 0; i < part.size(); i++) {
                    payloads.append(part.get(i).text()).append('\n');
                    expected.append(line(from + i + 1, part.get(i).refusedFor(), samples))
                            .append('\n');
                    String answer = part.get(i).refusedFor().map(Reason::code).orElse("accepted");
                    var _ = answers.merge(answer, 1, Integer::sum);
                }
                if (System.nanoTime() - nextProgressNs > 0) {
                    err.printf("passgate: %,d of %,d payloads made%n", from + part.size(), count);
                    err.flush();
                    nextProgressNs = System.nanoTime() + PROGRESS_EVERY_NS;
                }
            }
        }
        return "%,d payloads in %s for %s: %s".formatted(count, folder, samples.at(), answers);
    }

    private void write(List<byte[]> certificates) throws IOException {
        try (BufferedWriter out = create("signers.pem")) {
            for (byte[] certificate : certificates) {
                String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
                out.append("-----BEGIN CERTIFICATE-----\n").append(base64).append("\n-----END CERTIFICATE-----\n");
            }
        }
    }

    private BufferedWriter create(String name) throws IOException {
        return Files.newBufferedWriter(folder.resolve(name), StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
    }

    /** As {@code passgate verify} answers; no code has a character that JSON escapes. */
    private static String line(int id, Optional<Reason> refusedFor, SampleSeries samples) {
        String verdict = refusedFor.isPresent() ? "refused" : "accepted";
        String reason = refusedFor.map(because -> '"' + because.code() + '"').orElse("null");
        String format = samples.format().code();
        return "{\"id\":" + id + ",\"verdict\":\"" + verdict + "\",\"reason\":" + reason + ",\"format\":\"" + format
                + "\"}";
    }
}
