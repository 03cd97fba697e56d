package io.passgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.app.DefaultFormats;
import io.passgate.cli.option.UsageException;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.engine.Batch;
import io.passgate.engine.EngineObserver;
import io.passgate.engine.TrustContext;
import io.passgate.engine.VerificationPipeline;
import io.passgate.format.Formats;
import io.passgate.image.PictureReader;
import io.passgate.image.PictureResult;
import io.passgate.model.Blanks;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges lines as they come: as many at once as are there, so that a person at the keyboard waits for none. */
final class VerifyLines {
    private static final int BATCH = 256;

    /** A payload, a handful of certificates and room to spare; the rest of a longer line is passed over. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final long PROGRESS_EVERY_NS = 5_000_000_000L;

    private final LineReader reader;
    private final VerifyCommand.PolicyChoice policies;
    private final PrintWriter out;
    private final PrintWriter err;
    private final VerificationPipeline verificationPipeline;
    private final Batch batch = new Batch(BATCH);
    private final List<JsonNode> ids = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
    private TrustList batchTrust = TrustList.empty();
    private int lineNumber;
    private boolean allReadable = true;
    private long nextProgressNs = System.nanoTime() + PROGRESS_EVERY_NS;

    VerifyLines(
            LineReader reader,
            Provider provider,
            VerifyCommand.PolicyChoice policies,
            PrintWriter out,
            PrintWriter err) {
        this.reader = reader;
        this.policies = policies;
        this.out = out;
        this.err = err;
        this.verificationPipeline = new VerificationPipeline(
                BATCH,
                new JcaSignatureBatch(provider, VerificationPipeline.signatureCapacity(BATCH)),
                EngineObserver.NONE,
                new Formats(DefaultFormats.usual()));
    }

    /** Judges every line of {@code in}; false if some could not be read. */
    boolean run(InputStream in) throws IOException, UsageException {
        boolean more = true;
        while (more) {
            more = readLine(in);
            Slice content = Blanks.strip(Slice.of(line.toByteArray()), MAX_LINE_BYTES);
            if (!content.isEmpty()) {
                take(reader.read(lineNumber, content));
            }
            if (batch.isFull() || in.available() == 0) {
                flush();
            }
        }
        flush();
        return allReadable;
    }

    /**
     * Judges every code in a picture; false if there is none, or it is none.
     *
     * @param image a file of any size, of which no more is read than a picture may have
     */
    boolean judgeImage(Path image, Instant at, TrustList trust) throws IOException, UsageException {
        byte[] file;
        try (InputStream in = Files.newInputStream(image)) {
            file = in.readNBytes(PictureReader.MOST_BYTES + 1);
        }
        JsonNode id = JsonNodeFactory.instance.textNode(image.toString());
        Optional<String> unread = Optional.empty();
        switch (PictureReader.read(file)) {
            case PictureResult.Codes(var texts) -> {
                for (String text : texts) {
                    take(new LineReader.Line.Question(id, LineReader.ascii(text), at, trust));
                }
                unread = texts.isEmpty() ? Optional.of("no_code_found") : Optional.empty();
            }
            case PictureResult.Unreadable(var _) -> unread = Optional.of("picture_unreadable");
            case PictureResult.TooLarge(var _) -> unread = Optional.of("picture_too_large");
            case PictureResult.Overloaded() -> unread = Optional.of(Reason.OVERLOADED.code());
        }
        flush();
        if (unread.isPresent()) {
            err.println("passgate: " + image + ": " + unread.get());
            err.flush();
            print(id, "indeterminate", unread, Optional.empty());
            out.flush();
        }
        return unread.isEmpty();
    }

    private void take(LineReader.Line read) throws UsageException {
        switch (read) {
            case LineReader.Line.Question question -> {
                if (question.trust() != batchTrust) {
                    flush();
                    batchTrust = question.trust();
                }
                ids.add(question.id());
                batch.add(question.payload(), question.at(), policies.at(question.at()));
            }
            case LineReader.Line.Unreadable(var id, var why) -> {
                flush();
                allReadable = false;
                err.println("passgate: line " + lineNumber + ": " + why);
                err.flush();
                print(id, "indeterminate", Optional.of("line_unreadable"), Optional.empty());
            }
        }
    }

    private void flush() {
        if (batch.size() > 0) {
            verificationPipeline.judge(batch, TrustContext.trusting(TrustSnapshot.given(batchTrust)));
            for (int i = 0; i < batch.size(); i++) {
                print(ids.get(i), batch.checked(i));
            }
            batch.clear();
            ids.clear();
        }
        out.flush();
        if (System.nanoTime() - nextProgressNs > 0) {
            err.printf("passgate: %,d lines judged%n", lineNumber);
            err.flush();
            nextProgressNs = System.nanoTime() + PROGRESS_EVERY_NS;
        }
    }

    private void print(JsonNode id, VerificationResult verificationResult) {
        Optional<String> format = verificationResult.format().map(FormatId::code);
        switch (verificationResult.verdict()) {
            case Verdict.Accepted(var _) -> print(id, "accepted", Optional.empty(), format);
            case Verdict.Refused(Reason reason) -> print(id, "refused", Optional.of(reason.code()), format);
            case Verdict.Indeterminate(Reason reason) -> print(id, "indeterminate", Optional.of(reason.code()), format);
        }
    }

    private void print(JsonNode id, String verdict, Optional<String> reason, Optional<String> format) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("id", id);
        answer.put("verdict", verdict);
        answer.put("reason", reason.orElse(null));
        answer.put("format", format.orElse(null));
        out.println(answer);
    }

    /** Reads up to the next line end, which is left out; false at the end of the input. */
    private boolean readLine(InputStream in) throws IOException {
        line.reset();
        lineNumber++;
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.size() < MAX_LINE_BYTES) {
                line.write(next);
            }
            next = in.read();
        }
        return next >= 0;
    }
}
