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

    /** {@return the list of nobody} */
    public static TrustList empty() {
        return EMPTY;
    }

    /**
     * {@return the list of these signers} The same one twice counts once.
     *
     * @param signers in the order in which those of one KID are tried
     */
    public static TrustList of(Collection<Signer> signers) {
        Map<Kid, Set<Signer>> byKid = new HashMap<>();
        for (Signer signer : signers) {
            byKid.computeIfAbsent(signer.kid(), kid -> new LinkedHashSet<>()).add(signer);
        }
        return new TrustList(byKid);
    }

    /**
     * {@return this list with some signers more, and some less}
     *
     * @param added behind those that are there
     * @param removed the {@linkplain Signer#id ids} of those that go; unknown ones do not matter
     */
    public TrustList with(Collection<Signer> added, Set<String> removed) {
        List<Signer> all = new ArrayList<>(signers);
        all.removeIf(signer -> removed.contains(signer.id()));
        all.addAll(added);
        return of(all);
    }

    /**
     * {@return the signers with this KID that are tried, in the order they were given; up to {@link #MAX_CANDIDATES},
     * or none}
     *
     * @param kid from a payload
     */
    public List<Signer> candidates(Kid kid) {
        return tried.getOrDefault(kid, List.of());
    }

    /**
     * {@return whether more signers share this KID than are tried} That none of those signed a payload then says
     * nothing of it.
     *
     * @param kid from a payload
     */
    public boolean isCrowded(Kid kid) {
        return crowded.contains(kid);
    }

    /** {@return all signers by ascending KID, also those that are not tried} */
    public List<Signer> signers() {
        return signers;
    }

    /** {@return the KIDs that more signers share than are tried, for the person who maintains the list} */
    public List<Rejection> rejected() {
        return crowded.stream().sorted().map(TrustList::shared).toList();
    }

    /** {@return the same KIDs with what comes of it, a line each} */
    public List<String> warnings() {
        return rejected().stream().map(TrustList::warning).toList();
    }

    /**
     * {@return what is said of a KID that more signers share than are tried}
     *
     * @param kid that they share
     */
    public static Rejection shared(Kid kid) {
        return new Rejection("KID " + kid.toBase64(), "more than " + MAX_CANDIDATES + " signers share it");
    }

    /**
     * {@return what comes of a KID that more signers share than are tried, as a line for people}
     *
     * @param shared what {@link #shared} gave
     */
    public static String warning(Rejection shared) {
        return shared.where() + ": " + shared.why() + "; what none of the first " + MAX_CANDIDATES
                + " has signed is indeterminate(signer_ambiguous)";
    }

    /** {@return how many signers there are, also those that are not tried} */
    public int size() {
        return signers.size();
    }

    /**
     * {@return the earliest end of a signer certificate's validity that is yet to come; empty without one}
     *
     * @param now ends at this instant or before do not count
     */
    public Optional<Instant> nextExpiry(Instant now) {
        return signers.stream()
                .flatMap(signer -> signer.certificate().stream())
                .map(SignerCertificate::notAfter)
                .filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /**
     * {@return a text that is the same for two lists exactly when they hold the same signers: 32 hexadecimal digits}
     */
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
