package io.passgate.trust;

import io.passgate.model.Digests;
import io.passgate.model.Kid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everyone who is trusted, at one moment: from a KID to its candidate signers. Immutable.
 *
 * <p>A KID is a hint, and two signers may share one; then each is tried, at most {@link #MAX_CANDIDATES}. Where more
 * share it the others are kept, for one of the first may go; what none of those tried has signed, nobody can tell.
 */
public final class TrustList {
    /** Signers of one KID that are tried. The wild has pairs; more would let one payload cost many signatures. */
    public static final int MAX_CANDIDATES = 4;

    private static final TrustList EMPTY = of(List.of());

    private final Map<Kid, List<Signer>> tried;
    private final Set<Kid> crowded;
    private final List<Signer> signers;
    private final String version;

    private TrustList(Map<Kid, Set<Signer>> byKid) {
        Map<Kid, List<Signer>> first = new HashMap<>();
        Set<Kid> more = new HashSet<>();
        byKid.forEach((kid, candidates) -> {
            first.put(kid, candidates.stream().limit(MAX_CANDIDATES).toList());
            if (candidates.size() > MAX_CANDIDATES) {
                more.add(kid);
            }
        });
        this.tried = first;
        this.crowded = more;
        this.signers = byKid.values().stream()
                .flatMap(Set::stream)
                .sorted(Comparator.comparing(Signer::kid))
                .toList();
        this.version = digest(signers);
    }

    public static TrustList empty() {
        return EMPTY;
    }

    /** The list of these signers: the same one twice counts once. */
    public static TrustList of(Collection<Signer> signers) {
        Map<Kid, Set<Signer>> byKid = new HashMap<>();
        for (Signer signer : signers) {
            byKid.computeIfAbsent(signer.kid(), kid -> new LinkedHashSet<>()).add(signer);
        }
        return new TrustList(byKid);
    }

    /** This list with some signers more, and without those of these {@linkplain Signer#id ids}. */
    public TrustList with(Collection<Signer> added, Set<String> removed) {
        List<Signer> all = new ArrayList<>(signers);
        all.removeIf(signer -> removed.contains(signer.id()));
        all.addAll(added);
        return of(all);
    }

    /** The signers with this KID that are tried, none to {@link #MAX_CANDIDATES}, in the order they were given. */
    public List<Signer> candidates(Kid kid) {
        return tried.getOrDefault(kid, List.of());
    }

    /**
     * Whether more signers share this KID than are tried: that none of those signed a payload then says nothing of it.
     */
    public boolean isCrowded(Kid kid) {
        return crowded.contains(kid);
    }

    /** All signers by ascending KID, also those that are not tried. */
    public List<Signer> signers() {
        return signers;
    }

    /** The KIDs that more signers share than are tried, for the person who maintains the list. */
    public List<Rejection> rejected() {
        return crowded.stream().sorted().map(TrustList::shared).toList();
    }

    /** The same with what comes of it, a line a KID. */
    public List<String> warnings() {
        return rejected().stream().map(TrustList::warning).toList();
    }

    /** What is said of a KID that more signers share than are tried. */
    public static Rejection shared(Kid kid) {
        return new Rejection("KID " + kid.toBase64(), "more than " + MAX_CANDIDATES + " signers share it");
    }

    /** What comes of a KID that more signers share than are tried. */
    public static String warning(Rejection shared) {
        return shared.where() + ": " + shared.why() + "; what none of the first " + MAX_CANDIDATES
                + " has signed is indeterminate(signer_ambiguous)";
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
        MessageDigest sha256 = Digests.sha256();
        lines.forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    }
}
