package io.passgate.store.changelog;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Signers and clients as bytes, the same in changes and in snapshots. Numbers are big-endian; a text is in the modified
 * UTF-8 of {@link DataOutput#writeUTF}; an optional value has a byte 0 or 1 before it.
 *
 * <pre>
 * signer  kid, u16 + SubjectPublicKeyInfo, u8 kind (0 dcc | 1 pass, text party | 2 any,
 *         text code, text party), u8 usages (bit n: EventKind n),
 *         certificate? (i64 notBefore s, i64 notAfter s, country?, organization?, subject)
 * kid     u8 + bytes; length 0 stands for any
 * grant   32 bytes SHA-256, text name, text role, i64 expiry s
 * </pre>
 */
public final class RecordCodec {
    private static final int DCC = 0;
    private static final int PASS = 1;
    private static final int NAMED = 2;

    private final VerificationKeys keys;
    private final Predicate<Signer> mayBeTrusted;

    /**
     * Creates a codec.
     *
     * @param keys reads the signers' keys
     * @param mayBeTrusted whether a signer may be trusted at all; others are passed over wherever they come from
     */
    public RecordCodec(VerificationKeys keys, Predicate<Signer> mayBeTrusted) {
        this.keys = keys;
        this.mayBeTrusted = mayBeTrusted;
    }

    /**
     * Writes a signer.
     *
     * @param out where it goes
     * @param signer with or without a certificate
     * @throws IOException if it cannot be written, or a text in it takes more than 65,535 bytes
     */
    public void write(DataOutput out, Signer signer) throws IOException {
        writeKid(out, Optional.of(signer.kid()));
        byte[] spki = signer.publicKey().toByteArray();
        out.writeShort(spki.length);
        out.write(spki);
        writeKind(out, signer.kind());
        out.writeByte(usageBits(signer.usages()));
        out.writeBoolean(signer.certificate().isPresent());
        if (signer.certificate().isPresent()) {
            SignerCertificate certificate = signer.certificate().get();
            out.writeLong(certificate.notBefore().getEpochSecond());
            out.writeLong(certificate.notAfter().getEpochSecond());
            writeText(out, certificate.country());
            writeText(out, certificate.organization());
            out.writeUTF(certificate.subject());
        }
    }

    private static void writeKind(DataOutput out, SignerKind kind) throws IOException {
        if (kind.equals(SignerKind.DCC)) {
            out.writeByte(DCC);
        } else if (kind.equals(SignerKind.pass(kind.party()))) {
            out.writeByte(PASS);
            out.writeUTF(kind.party());
        } else {
            out.writeByte(NAMED);
            out.writeUTF(kind.code());
            out.writeUTF(kind.party());
        }
    }

    private static Optional<SignerKind> readKind(DataInput in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case DCC -> Optional.of(SignerKind.DCC);
            case PASS -> SignerKind.of("pass", in.readUTF());
            case NAMED -> SignerKind.of(in.readUTF(), in.readUTF());
            default -> throw new IOException("a signer of an unknown kind");
        };
    }

    /**
     * Reads a signer.
     *
     * @param in read to the signer's end, also where the result is empty
     * @return the signer; empty if its kind has no name of ours, this version cannot verify by its key, or it may not
     *     be trusted
     * @throws IOException if the input ends too early or is no signer
     */
    public Optional<Signer> readSigner(DataInput in) throws IOException {
        Kid kid = readKid(in).orElseThrow(() -> new IOException("a signer without a KID"));
        byte[] spki = new byte[in.readUnsignedShort()];
        in.readFully(spki);
        Optional<SignerKind> kind = readKind(in);
        Set<EventKind> usages = usages(in.readUnsignedByte());
        Optional<SignerCertificate> certificate = in.readBoolean()
                ? Optional.of(new SignerCertificate(
                        Instant.ofEpochSecond(in.readLong()),
                        Instant.ofEpochSecond(in.readLong()),
                        readText(in),
                        readText(in),
                        in.readUTF()))
                : Optional.empty();
        return kind.flatMap(readable -> signer(kid, spki, readable, usages, certificate));
    }

    /**
     * {@return a signer of these parts; empty if this version cannot verify by its key, or it may not be trusted}
     *
     * @param kid that hints at it
     * @param spki its public key: a SubjectPublicKeyInfo (RFC 5280, section 4.1) in DER
     * @param kind of credentials that it may sign
     * @param usages what those may be about
     * @param certificate empty for a bare key
     */
    public Optional<Signer> signer(
            Kid kid, byte[] spki, SignerKind kind, Set<EventKind> usages, Optional<SignerCertificate> certificate) {
        return keys.ofSpki(spki) instanceof KeyImport.Usable(var key)
                ? Optional.of(new Signer(kid, key, kind, usages, certificate)).filter(mayBeTrusted)
                : Optional.empty();
    }

    private static int usageBits(Set<EventKind> usages) {
        return usages.stream().mapToInt(usage -> 1 << usage.ordinal()).sum();
    }

    private static Set<EventKind> usages(int bits) {
        Set<EventKind> usages = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            if ((bits & 1 << kind.ordinal()) != 0) {
                usages.add(kind);
            }
        }
        return usages;
    }

    /**
     * Writes a grant.
     *
     * @param out where it goes
     * @param clientToken of which the hash is written, as nobody has the token itself
     * @throws IOException if it cannot be written, or the name takes more than 65,535 bytes
     */
    public static void write(DataOutput out, ClientToken clientToken) throws IOException {
        writeToken(out, clientToken.token());
        out.writeUTF(clientToken.client().name());
        out.writeUTF(clientToken.client().role().code());
        out.writeLong(clientToken.client().expiresAt().getEpochSecond());
    }

    /**
     * Reads a grant.
     *
     * @param in read to the grant's end, also where the result is empty
     * @return the grant; empty if its role is one that this version does not know
     * @throws IOException if the input ends too early
     */
    public static Optional<ClientToken> readGrant(DataInput in) throws IOException {
        TokenHash token = readToken(in);
        String name = in.readUTF();
        Optional<Role> role = Role.ofCode(in.readUTF());
        Instant expiresAt = Instant.ofEpochSecond(in.readLong());
        return role.map(known -> new ClientToken(token, new Client(name, known, expiresAt)));
    }

    static void writeToken(DataOutput out, TokenHash token) throws IOException {
        out.write(token.toByteArray());
    }

    static TokenHash readToken(DataInput in) throws IOException {
        byte[] sha256 = new byte[TokenHash.LENGTH];
        in.readFully(sha256);
        return TokenHash.of(sha256);
    }

    /**
     * Writes a KID.
     *
     * @param out where it goes
     * @param kid empty where it stands for any
     * @throws IOException if it cannot be written
     */
    public static void writeKid(DataOutput out, Optional<Kid> kid) throws IOException {
        byte[] bytes = kid.map(Kid::toByteArray).orElse(new byte[0]);
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads a KID.
     *
     * @param in read to the KID's end
     * @return empty where it stands for any
     * @throws IOException if the input ends too early, or the KID is too long to be one
     */
    public static Optional<Kid> readKid(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        try {
            return bytes.length == 0 ? Optional.empty() : Optional.of(Kid.of(bytes));
        } catch (IllegalArgumentException tooLong) {
            throw new IOException("a KID of " + bytes.length + " bytes", tooLong);
        }
    }

    private static void writeText(DataOutput out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    private static Optional<String> readText(DataInput in) throws IOException {
        return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    }
}
