package io.passgate.trust;

import io.passgate.model.Kid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everyone who is believed, at one moment: from a KID to its candidate signers. Immutable.
 *
 * <p>A KID is a hint, and two signers may share one; then each is tried, at most {@link #MAX_CANDIDATES}.
 */
public final class TrustList {
    /** Signers that may share one KID. The wild has pairs; more would let one payload cost many signatures. */
    public static final int MAX_CANDIDATES = 4;

    private static final TrustList EMPTY = of(List.of());

    private final Map<Kid, List<Signer>> byKid;
    private final List<Signer> signers;
    private final List<Rejection> rejected;
    private final String version;

    private TrustList(Map<Kid, List<Signer>> byKid, List<Rejection> rejected) {
        this.byKid = byKid;
        this.rejected = List.copyOf(rejected);
        this.signers = byKid.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Signer::kid))
                .toList();
        this.version = digest(signers);
    }

    public static TrustList empty() {
        return EMPTY;
    }

    /** The list of these signers: the same one twice counts once, and the fifth with one KID is rejected. */
    public static TrustList of(Collection<Signer> signers) {
        Map<Kid, List<Signer>> growing = new HashMap<>();
        List<Rejection> rejected = new ArrayList<>();
        for (Signer signer : signers) {
            List<Signer> candidates = growing.computeIfAbsent(signer.kid(), kid -> new ArrayList<>(1));
            if (candidates.contains(signer)) {
                continue;
            }
            if (candidates.size() == MAX_CANDIDATES) {
                rejected.add(new Rejection(
                        "KID " + signer.kid().toBase64(), "more than " + MAX_CANDIDATES + " signers share it"));
                continue;
            }
            candidates.add(signer);
        }
        Map<Kid, List<Signer>> byKid = new HashMap<>();
        growing.forEach((kid, candidates) -> byKid.put(kid, List.copyOf(candidates)));
        return new TrustList(byKid, rejected);
    }

    /** This list with some signers more, and without those of these {@linkplain Signer#id ids}. */
    public TrustList with(Collection<Signer> added, Set<String> removed) {
        List<Signer> all = new ArrayList<>(signers);
        all.removeIf(signer -> removed.contains(signer.id()));
        all.addAll(added);
        return of(all);
    }

    /** The signers with this KID, none to {@link #MAX_CANDIDATES}. */
    public List<Signer> candidates(Kid kid) {
        return byKid.getOrDefault(kid, List.of());
    }

    /** All signers by ascending KID. */
    public List<Signer> signers() {
        return signers;
    }

    /** Signers that were offered and not taken. */
    public List<Rejection> rejected() {
        return rejected;
    }

    public int size() {
        return signers.size();
    }

    /** The earliest end of a signer certificate's validity that is after {@code now}, if any signer has one. */
    public Optional<Instant> nextExpiry(Instant now) {
        return signers.stream()
                .flatMap(signer -> signer.certificate().stream())
                .map(SignerCertificate::notAfter)
                .filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** A text that is the same for two lists exactly when they hold the same signers. */
    public String version() {
        return version;
    }

    private static String digest(List<Signer> signers) {
        List<String> lines = signers.stream().map(Signer::id).sorted().toList();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
