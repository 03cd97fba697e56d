package io.passgate.registry;

import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a registrar says of one of its records. Of two revisions the higher one holds, in whatever order they come.
 *
 * @param reference the registrar's own name of the record
 * @param revision 1 for its first content, more for each correction
 * @param content whose record it is and what it says; empty where it is deleted
 */
public record RecordChange(String reference, int revision, Optional<Content> content) {
    private static final int MAX_REFERENCE_CHARS = 64;

    private static final int DIGEST_BYTES = 16;

    /**
     * Whose record it is and what it says.
     *
     * @param holder the person it is about
     * @param healthRecord in its new revision
     */
    public record Content(Holder holder, HealthRecord healthRecord) {}

    /**
     * Holds the reference and the revision to what they may be.
     *
     * @throws IllegalArgumentException if one cannot be taken
     */
    public RecordChange {
        if (!reference.matches("[A-Za-z0-9._:/-]{1," + MAX_REFERENCE_CHARS + "}")) {
            throw new IllegalArgumentException(
                    "a reference has 1 to " + MAX_REFERENCE_CHARS + " letters, digits and . _ : / -");
        }
        if (revision < 1) {
            throw new IllegalArgumentException("a revision is at least 1");
        }
    }

    /** {@return 16 bytes that two changes of one reference share exactly when they say the same} */
    public Slice digest() {
        MessageDigest sha256 = Digests.sha256();
        if (content.isPresent()) {
            sha256.update(content.get().holder().toByteArray());
            sha256.update(canonical(content.get().healthRecord()).getBytes(StandardCharsets.UTF_8));
        }
        return Slice.of(Arrays.copyOf(sha256.digest(), DIGEST_BYTES));
    }

    private static String canonical(HealthRecord healthRecord) {
        return switch (healthRecord) {
            case HealthRecord.Immunization(var product, var dose, var of, var date, var country) ->
                String.join("|", "immunization", product, dose + "/" + of, date.toString(), country);
            case HealthRecord.Recovery(var positiveOn, var releasedOn, var country) ->
                String.join("|", "recovery", positiveOn.toString(), releasedOn.toString(), country);
            case HealthRecord.Test(var type, var testedAt, var result, var country) ->
                String.join("|", "test", type, testedAt.toString(), result, country);
            case HealthRecord.Exemption(var until) ->
                "exemption|" + until.map(LocalDate::toString).orElse("");
            case HealthRecord.BirthYear(var year) -> "birth year|" + year;
        };
    }

    /** What became of a change. */
    public enum Outcome {
        /** There was no record of this reference. */
        CREATED,
        /** There was an earlier revision, which this one replaces. */
        CORRECTED,
        /** The record is gone, and its revision stays so that no older one comes back. */
        DELETED,
        /** It is there already, in this revision or a later one. */
        UNCHANGED,
        /** This revision is there already and says something else; it stays as it was. */
        CONFLICT
    }

    /** The reference only: the rest is a person's. */
    @Override
    public String toString() {
        return "RecordChange[" + reference + ", revision " + revision + "]";
    }
}
