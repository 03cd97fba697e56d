package io.passgate.rehearsal.baseline;

import io.passgate.format.entrypass.PresentedPass;
import io.passgate.holdertag.HolderTags;
import io.passgate.model.Korea;
import io.passgate.model.OpaqueId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.rehearsal.baseline.BaselineServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Security;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /v1/verifications} and {@code POST /v1/check-ins}, payload by payload. Any number of threads. */
final class BaselineDoor {
    private static final long USE_KEPT_MS = Duration.ofMinutes(1).toMillis();
    private static final long PROVIDER_WINDOW_MS = Duration.ofSeconds(15).toMillis();
    private static final long FACILITY_WINDOW_MS = Duration.ofSeconds(60).toMillis();
    private static final String WALLET = "wallet";

    private final BaselineStores stores;
    private final BaselineVerifier verifier;
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<HolderTags> tags =
            ThreadLocal.withInitial(() -> new HolderTags(Security.getProvider("SunJCE"), random));

    BaselineDoor(BaselineStores stores, BaselineVerifier verifier) {
        this.stores = stores;
        this.verifier = verifier;
    }

    Answer verify(RoutingContext context, String client, Connection connection) throws Exception {
        Instant now = Instant.now();
        JsonObject body = context.body().asJsonObject();
        Optional<Policy> policy = verifier.policy(body.getString("policy"), now);
        JsonArray results = new JsonArray();
        for (Object payload : body.getJsonArray("payloads")) {
            var _ = results.add(said(verifier.verify((String) payload, policy, now, connection)));
        }
        return new Answer(200, new JsonObject().put("results", results));
    }

    private static JsonObject said(VerificationResult result) {
        JsonObject said = new JsonObject();
        switch (result.verdict()) {
            case Verdict.Accepted(var until) -> {
                said.put("verdict", "accepted")
                        .put("validUntil", Instant.ofEpochSecond(until).toString());
                result.format().ifPresent(format -> said.put("format", format.code()));
            }
            case Verdict.Refused(var reason) -> refuse(said, reason);
            case Verdict.Indeterminate(var reason) ->
                said.put("verdict", "indeterminate").put("reason", code(reason));
        }
        return said;
    }

    private static void refuse(JsonObject said, Reason reason) {
        said.clear();
        said.put("verdict", "refused").put("reason", code(reason));
    }

    private static String code(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    Answer checkIn(RoutingContext context, String client, Connection connection) throws Exception {
        Instant now = Instant.now();
        String key = context.request().getHeader("idempotency-key");
        if (key == null) {
            throw new IllegalArgumentException("a check-in has a key");
        }
        JsonObject body = context.body().asJsonObject();
        Optional<Policy> policy = verifier.policy(body.getString("policy"), now);
        JsonArray results = new JsonArray();
        boolean isRepeated = false;
        for (Object payload : body.getJsonArray("payloads")) {
            VerificationResult result = verifier.verify((String) payload, policy, now, connection);
            JsonObject said = said(result);
            if (result.verdict() instanceof Verdict.Accepted) {
                isRepeated |= letIn(said, result, new Visit(client, key, results.size(), now), connection);
            }
            var _ = results.add(said);
        }
        JsonObject answer = new JsonObject().put("results", results);
        return new Answer(200, isRepeated ? answer.put("repeated", true) : answer);
    }

    /** Somebody at a door. */
    private record Visit(String facility, String key, int index, Instant at) {
        /** The same request asked again is the same visit. */
        UUID id(byte[] pass) {
            return UUID.nameUUIDFromBytes(String.join(
                            "\n",
                            facility,
                            key,
                            Integer.toString(index),
                            HexFormat.of().formatHex(pass))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether it was let in before by the same request. */
    private boolean letIn(JsonObject said, VerificationResult result, Visit visit, Connection connection)
            throws Exception {
        Optional<PresentedPass> shown = PresentedPass.of(result);
        if (shown.isEmpty()) {
            if (result.policyResult() instanceof PolicyResult.Met) {
                write(
                        connection,
                        visit,
                        visit.id(new byte[0]),
                        WALLET,
                        uuid(OpaqueId.random(random).toByteArray()));
            } else {
                refuse(said, Reason.WALLET_NOT_ADMITTED);
            }
            return false;
        }
        PresentedPass pass = shown.get();
        byte[] id = pass.id().toByteArray();
        UUID entry = visit.id(id);
        String used = "baseline:used:" + HexFormat.of().formatHex(id);
        boolean isFirst = stores.putFirst(used, entry.toString(), USE_KEPT_MS);
        if (!isFirst && !stores.get(used).equals(Optional.of(entry.toString()))) {
            refuse(said, Reason.ALREADY_USED);
            return false;
        }
        write(connection, visit, entry, pass.provider(), uuid(id));
        said.put("oneTime", "shared");
        mark(said, pass, visit, Korea.dayOf(result.credential().orElseThrow().validFrom()));
        return !isFirst;
    }

    /** Says where the holder was seen just before. */
    private void mark(JsonObject said, PresentedPass pass, Visit visit, LocalDate day) throws Exception {
        Optional<Slice> name = tags.get().open(pass.holderTag(), stores.tagKey(day), day);
        if (name.isEmpty()) {
            return;
        }
        String holder = HexFormat.of().formatHex(name.get().toByteArray());
        Optional<String> provider = stores.replace("baseline:provider:" + holder, pass.provider(), PROVIDER_WINDOW_MS);
        Optional<String> facility = stores.replace("baseline:facility:" + holder, visit.facility(), FACILITY_WINDOW_MS);
        JsonArray duplicates = new JsonArray();
        if (provider.isPresent() && !provider.get().equals(pass.provider())) {
            var _ = duplicates.add("provider");
        }
        if (facility.isPresent() && !facility.get().equals(visit.facility())) {
            var _ = duplicates.add("facility");
        }
        if (!duplicates.isEmpty()) {
            said.put("duplicateHolder", duplicates);
        }
    }

    private static void write(Connection connection, Visit visit, UUID entry, String provider, UUID pass)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO baseline_visit"
                + " (day, entry_id, facility, provider, pass_id, at) VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
            insert.setObject(1, Korea.dayOf(visit.at()));
            insert.setObject(2, entry);
            insert.setString(3, visit.facility());
            insert.setString(4, provider);
            insert.setObject(5, pass);
            insert.setObject(6, visit.at().atOffset(ZoneOffset.UTC));
            int _ = insert.executeUpdate();
        }
    }

    private static UUID uuid(byte[] id) {
        ByteBuffer bytes = ByteBuffer.wrap(id);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
