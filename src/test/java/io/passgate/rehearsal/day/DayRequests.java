package io.passgate.rehearsal.day;

import io.passgate.format.entrypass.EntryPass;
import io.passgate.rehearsal.PatroniCluster;
import io.passgate.rehearsal.Rehearsal;
import io.passgate.rehearsal.day.DayClients.Asked;
import io.passgate.rehearsal.day.DayClients.Requests;
import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestProvider;
import io.passgate.testing.gateway.EntryIds;
import io.passgate.testing.load.PassHolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What people come with, each made when somebody comes: passes at doors, certificates on paper, phones that want a
 * pass, and who is there for the first time. Everything is good, so that whoever is refused is so by a fault of ours.
 * The thread of the clients makes it, and who plays reads the visits when that has ended.
 */
public final class DayRequests {
    /** A pass lives for 15 s; who has waited for so long shows the next one. */
    private static final long SHOWN_NS = TimeUnit.SECONDS.toNanos(8);

    private static final int CERTIFICATES = 256;
    private static final int HOLDER_BYTES = 64;

    private final TestProvider provider;
    private final PassHolders holders;
    private final List<ByteBuffer> certificates;
    private final RandomGenerator random = new Random();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();

    /** Asked for before the play, or to warm up. */
    private final Set<String> before = new HashSet<>();

    private int nextCertificate;

    /**
     * Those that the gateways of a rehearsal that has been started accept.
     *
     * @param holders how many have consented at {@link Rehearsal#PROVIDER}
     */
    public DayRequests(Rehearsal rehearsal, int holders) throws IOException, SQLException {
        this.provider = rehearsal.provider;
        this.holders = PassHolders.make(
                holders, Rehearsal.PROVIDER.name(), PatroniCluster.settings(rehearsal.postgresql.primary().port));
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        certificates = IntStream.range(0, CERTIFICATES)
                .mapToObj(i -> request(
                        "/v1/verifications",
                        Rehearsal.VERIFIER,
                        "",
                        payloads(rehearsal.issuer.card(CardSpec.vaccination()
                                .issuer("KR")
                                .issuedAt(today.minus(Duration.ofDays(i)))
                                .expiresAt(today.plus(Duration.ofDays(180)))))))
                .toList();
    }

    private static String payloads(String payload) {
        return "{\"payloads\":[\"" + payload + "\"]}";
    }

    private static ByteBuffer request(String path, Rehearsal.Facility client, String header, String body) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + client.token()
                + "\r\n" + header + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Those of a kind. */
    public Requests of(Kind kind) {
        return switch (kind) {
            case CHECK_IN -> this::visit;
            case VERIFICATION -> this::certificate;
            case PASS -> () -> new Proven(holders.next());
            case FIRST_CONSENT -> this::consent;
        };
    }

    /** Forgets the visits of a play before. */
    public void forget() {
        boolean _ = before.addAll(asked);
        asked.clear();
        acknowledged.clear();
    }

    /** Whether a visit was asked for before the others were forgotten. */
    public boolean isForgotten(String id) {
        return before.contains(id);
    }

    /** Ids of the visits that somebody asked for. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** Ids of the visits that somebody was told are recorded. */
    public Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** The same pass under the same key for as long as it is good. */
    private Asked visit() {
        EntryPass says = provider.says(Instant.now(), List.of(), Optional.empty());
        String pass = provider.pass(says);
        String key = UUID.randomUUID().toString();
        String entry = EntryIds.of(Rehearsal.MUSEUM.name(), key, pass, says.id().toByteArray());
        boolean _ = asked.add(entry);
        ByteBuffer bytes =
                request("/v1/check-ins", Rehearsal.MUSEUM, "Idempotency-Key: " + key + "\r\n", payloads(pass));
        return new Visit(entry, bytes);
    }

    private final class Visit implements Asked {
        private final String entry;
        private final ByteBuffer bytes;

        Visit(String entry, ByteBuffer bytes) {
            this.entry = entry;
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public Optional<Asked> renewed(long ageNs) {
            return ageNs < SHOWN_NS ? Optional.empty() : Optional.of(visit());
        }

        @Override
        public void accepted() {
            boolean _ = acknowledged.add(entry);
        }
    }

    private Asked certificate() {
        ByteBuffer next = certificates.get(nextCertificate);
        nextCertificate = (nextCertificate + 1) % certificates.size();
        return new Lasting(next.duplicate());
    }

    private Asked consent() {
        byte[] holder = new byte[HOLDER_BYTES];
        random.nextBytes(holder);
        String body = "{\"holder\":\"" + Base64.getEncoder().encodeToString(holder) + "\"}";
        return new Lasting(request("/v1/consents", Rehearsal.PROVIDER, "", body));
    }

    /** Good for as long as the day lasts. */
    private record Lasting(ByteBuffer bytes) implements Asked {
        @Override
        public Optional<Asked> renewed(long ageNs) {
            return Optional.empty();
        }

        @Override
        public void accepted() {}
    }

    /** A proof is used once, so that who asks again makes another one. */
    private record Proven(PassHolders.Holder holder, ByteBuffer bytes) implements Asked {
        Proven(PassHolders.Holder holder) {
            this(holder, proven(holder));
        }

        private static ByteBuffer proven(PassHolders.Holder holder) {
            String proof = holder.phone().proof(Rehearsal.HTU, holder.consent());
            return request(
                    "/v1/passes",
                    Rehearsal.PROVIDER,
                    "DPoP: " + proof + "\r\n",
                    "{\"consent\":\"" + holder.consent() + "\"}");
        }

        @Override
        public Optional<Asked> renewed(long ageNs) {
            return Optional.of(new Proven(holder));
        }

        @Override
        public void accepted() {}
    }
}
