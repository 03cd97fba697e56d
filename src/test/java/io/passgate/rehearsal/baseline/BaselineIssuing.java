package io.passgate.rehearsal.baseline;

import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.holdertag.HolderTags;
import io.passgate.issuance.ConsentScope;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Kid;
import io.passgate.model.Korea;
import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import io.passgate.rehearsal.baseline.BaselineServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/passes} and {@code POST /v1/consents}, one at a time. Any number of threads. */
final class BaselineIssuing {
    private static final int LAST_YEAR_UNDER_18 = 17;

    private final BaselineStores stores;
    private final BaselineProofs proofs;
    private final Pepper pepper;
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<HolderTags> tags =
            ThreadLocal.withInitial(() -> new HolderTags(Security.getProvider("SunJCE"), random));
    private final KeyPair keys;
    private final Kid kid;

    BaselineIssuing(BaselineStores stores, BaselineSettings settings) throws GeneralSecurityException {
        this.stores = stores;
        proofs = new BaselineProofs(stores, settings.htu());
        pepper = new Pepper(settings.pepper());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
        kid = Kid.of(Arrays.copyOf(digest, EntryPass.KID_BYTES));
    }

    /** Has everybody trust passes by this server's key, whichever provider they are of. */
    void makeKnown() throws Exception {
        int _ = stores.withConnection(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO signer (id, kid, kind, provider, public_key, usages)"
                            + " SELECT DISTINCT ? || name, ?::bytea, 'pass', name, ?::bytea, '{}'::text[]"
                            + " FROM client_token WHERE role = 'provider'")) {
                insert.setString(1, HexFormat.of().formatHex(kid.toByteArray()) + " ");
                insert.setBytes(2, kid.toByteArray());
                insert.setBytes(3, keys.getPublic().getEncoded());
                return insert.executeUpdate();
            }
        });
    }

    /** A consent as a pass needs it. */
    private record Consent(byte[] holder, Set<ConsentScope> scope, byte[] device) {}

    Answer pass(RoutingContext context, String provider, Connection connection) throws Exception {
        Instant now = Instant.now();
        String wanted = context.body().asJsonObject().getString("consent");
        Optional<Consent> consent =
                consent(OpaqueId.ofText(wanted).orElseThrow(IllegalArgumentException::new), provider, connection);
        if (consent.isEmpty()) {
            return Answer.NOT_FOUND;
        }
        if (!proofs.isProven(
                context.request().getHeader("dpop"),
                provider,
                wanted,
                consent.get().device(),
                now)) {
            return Answer.FORBIDDEN;
        }
        List<HealthRecord> shown = records(consent.get().holder(), connection).stream()
                .filter(one -> consent.get().scope().contains(ConsentScope.of(one)))
                .toList();
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        OpaqueId id = OpaqueId.random(random);
        String payload = EntryPassEncoder.encode(
                pass(provider, id, issuedAt, Holder.of(consent.get().holder()), shown), kid, this::sign);
        return new Answer(
                200,
                new JsonObject()
                        .put("payload", payload)
                        .put("id", id.text())
                        .put("issuedAt", issuedAt.toString())
                        .put("expiresAt", issuedAt.plus(EntryPass.LIFETIME).toString())
                        .put(
                                "shows",
                                codes(shown.stream()
                                        .map(ConsentScope::of)
                                        .distinct()
                                        .sorted()
                                        .toList()))
                        .put("jti", "shared"));
    }

    private static JsonArray codes(List<ConsentScope> scope) {
        return new JsonArray(scope.stream().map(ConsentScope::code).toList());
    }

    private static Optional<Consent> consent(OpaqueId id, String provider, Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT holder, scope, device FROM consent WHERE id = ? AND provider = ? AND device IS NOT NULL")) {
            query.setBytes(1, id.toByteArray());
            query.setString(2, provider);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Consent(rows.getBytes(1), ConsentScope.ofBits(rows.getShort(2)), rows.getBytes(3)))
                        : Optional.empty();
            }
        }
    }

    private static List<HealthRecord> records(byte[] holder, Connection connection) throws SQLException {
        List<HealthRecord> records = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT kind, product, dose, total, day, until_day, at, type, result, country, year FROM record"
                        + " WHERE holder = ? ORDER BY id")) {
            query.setBytes(1, holder);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    record(rows).ifPresent(records::add);
                }
            }
        }
        return records;
    }

    /** Numbers as the column's comment has them. */
    private static Optional<HealthRecord> record(ResultSet row) throws SQLException {
        LocalDate day = row.getObject(5, LocalDate.class);
        return switch (row.getInt(1)) {
            case 1 ->
                Optional.of(new HealthRecord.Immunization(
                        row.getString(2), row.getInt(3), row.getInt(4), day, row.getString(10)));
            case 2 -> Optional.of(new HealthRecord.Recovery(day, row.getObject(6, LocalDate.class), row.getString(10)));
            case 3 ->
                Optional.of(new HealthRecord.Test(
                        row.getString(8), row.getTimestamp(7).toInstant(), row.getString(9), row.getString(10)));
            case 4 -> Optional.of(new HealthRecord.Exemption(Optional.ofNullable(row.getObject(6, LocalDate.class))));
            case 5 -> Optional.of(new HealthRecord.BirthYear(row.getInt(11)));
            default -> Optional.empty();
        };
    }

    private EntryPass pass(String provider, OpaqueId id, Instant issuedAt, Holder holder, List<HealthRecord> shown) {
        LocalDate day = Korea.dayOf(issuedAt);
        List<Event> events = shown.stream()
                .map(HealthRecord::event)
                .flatMap(Optional::stream)
                .toList();
        Optional<AgeBand> age = shown.stream()
                .filter(HealthRecord.BirthYear.class::isInstance)
                .map(born -> band(day.getYear() - ((HealthRecord.BirthYear) born).year()))
                .reduce((_, later) -> later);
        byte[] tag = tags.get().seal(holder, stores.tagKey(day), day);
        return new EntryPass(provider, Slice.of(id.toByteArray()), issuedAt, Slice.of(tag), events, age);
    }

    private static AgeBand band(int age) {
        if (age <= LAST_YEAR_UNDER_18) {
            return AgeBand.UP_TO_17;
        }
        return age == LAST_YEAR_UNDER_18 + 1 ? AgeBand.EIGHTEEN : AgeBand.ADULT;
    }

    private byte[] sign(byte[] toBeSigned) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(toBeSigned);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has ES256", impossible);
        }
    }

    Answer consent(RoutingContext context, String provider, Connection connection) throws Exception {
        JsonObject body = context.body().asJsonObject();
        Holder holder = pepper.holder(body.getString("holder"));
        Set<ConsentScope> scope = scope(body.getJsonArray("scope"));
        OpaqueId fresh = OpaqueId.random(random);
        Instant at = Optional.ofNullable(body.getInstant("at")).orElseGet(Instant::now);
        OpaqueId given = give(fresh, provider, holder, scope, at, connection);
        return new Answer(
                given.equals(fresh) ? 201 : 200,
                new JsonObject()
                        .put("consent", given.text())
                        .put("scope", codes(scope.stream().sorted().toList())));
    }

    /** Everything where nothing is said. */
    private static Set<ConsentScope> scope(@Nullable JsonArray codes) {
        if (codes == null) {
            return EnumSet.allOf(ConsentScope.class);
        }
        Set<ConsentScope> scope = EnumSet.noneOf(ConsentScope.class);
        for (Object code : codes) {
            var _ = scope.add(ConsentScope.ofCode((String) code).orElseThrow(IllegalArgumentException::new));
        }
        return scope;
    }

    private static OpaqueId give(
            OpaqueId fresh, String provider, Holder holder, Set<ConsentScope> scope, Instant at, Connection connection)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO consent (id, provider, holder, scope, given_at)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (provider, holder) DO UPDATE SET scope = EXCLUDED.scope,"
                        + " given_at = EXCLUDED.given_at, withdrawn_at = NULL RETURNING id")) {
            insert.setBytes(1, fresh.toByteArray());
            insert.setString(2, provider);
            insert.setBytes(3, holder.toByteArray());
            insert.setShort(4, (short) ConsentScope.bits(scope));
            insert.setObject(5, at.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = insert.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("a consent that is not there");
                }
                return OpaqueId.of(rows.getBytes(1));
            }
        }
    }
}
