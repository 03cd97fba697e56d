package io.passgate.format;

import io.passgate.codec.Bounds;
import io.passgate.codec.ScannedText;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.trust.SignerKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The formats that a gateway verifies, numbered from 0 in the order they were given. Shared by all threads. */
public final class Formats {
    private final CredentialFormat[] formats;
    private final List<Envelope> envelopes;
    private final List<FormatId> ids;

    /**
     * Numbers formats.
     *
     * @param formats all that the gateway verifies; copied
     * @throws IllegalArgumentException if two of them have one code
     */
    public Formats(List<CredentialFormat> formats) {
        this.formats = formats.toArray(CredentialFormat[]::new);
        Set<FormatId> told = new LinkedHashSet<>();
        List<Envelope> found = new ArrayList<>();
        for (CredentialFormat format : formats) {
            if (!found.contains(format.envelope())) {
                found.add(format.envelope());
            }
            var _ = Collections.addAll(told, format.envelope().id(), format.id());
        }
        long codes = told.stream().map(FormatId::code).distinct().count();
        long own = formats.stream().map(format -> format.id().code()).distinct().count();
        if (codes != told.size() || own != formats.size()) {
            throw new IllegalArgumentException("two formats have one code");
        }
        this.envelopes = List.copyOf(found);
        this.ids = List.copyOf(told);
    }

    /** {@return how many formats there are} */
    public int size() {
        return formats.length;
    }

    /**
     * {@return the format of a number}
     *
     * @param index from 0 to below {@link #size()}
     */
    public CredentialFormat get(int index) {
        return formats[index];
    }

    /**
     * {@return the number of the format that a credential was decoded as}
     *
     * @param id of the format, not of its envelope
     * @throws IllegalArgumentException if it is none of these
     */
    public int indexOf(FormatId id) {
        for (int i = 0; i < formats.length; i++) {
            if (formats[i].id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no format of this gateway: " + id);
    }

    /** {@return all that a payload may be recognised as: envelopes and formats, each once} */
    public List<FormatId> ids() {
        return ids;
    }

    /** {@return the kinds of the formats' signers} */
    public SignerKinds signers() {
        return new SignerKinds(
                Arrays.stream(formats).map(CredentialFormat::signers).toList());
    }

    /**
     * {@return a decoder for one thread, of payloads of every format} It takes away the blanks that a scanner has put
     * around them.
     */
    public Envelope.Decoder newDecoder() {
        return new ByEnvelope(envelopes, List.of(formats));
    }

    /** Finds a payload's envelope by its first bytes. */
    private static final class ByEnvelope implements Envelope.Decoder {
        private final Envelope[] envelopes;
        private final Envelope.Decoder[] decoders;

        ByEnvelope(List<Envelope> envelopes, List<CredentialFormat> formats) {
            this.envelopes = envelopes.toArray(Envelope[]::new);
            this.decoders = envelopes.stream()
                    .map(envelope -> envelope.newDecoder(formats.stream()
                            .filter(format -> format.envelope().equals(envelope))
                            .toList()))
                    .toArray(Envelope.Decoder[]::new);
        }

        @Override
        public Decoded decode(Slice payload) {
            Slice text = ScannedText.withoutBlanks(payload);
            if (text.length() > Bounds.MAX_PAYLOAD_CHARS) {
                return new Decoded.Malformed(Reason.INPUT_TOO_LONG, Optional.empty());
            }
            for (int i = 0; i < envelopes.length; i++) {
                if (envelopes[i].recognises(text)) {
                    return decoders[i].decode(text);
                }
            }
            return new Decoded.Malformed(Unrecognised.reason(text), Optional.empty());
        }

        @Override
        public void wipe() {
            for (Envelope.Decoder decoder : decoders) {
                decoder.wipe();
            }
        }
    }
}
