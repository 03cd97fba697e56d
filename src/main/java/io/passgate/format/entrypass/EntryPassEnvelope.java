package io.passgate.format.entrypass;

import io.passgate.format.CredentialFormat;
import io.passgate.format.Envelope;
import io.passgate.model.FormatId;
import io.passgate.model.Slice;
import java.util.List;

/** Entry passes: {@code "KP1:"}, and one format in it. */
final class EntryPassEnvelope implements Envelope {
    static final EntryPassEnvelope INSTANCE = new EntryPassEnvelope();

    private EntryPassEnvelope() {}

    @Override
    public FormatId id() {
        return EntryPassFormat.ID;
    }

    @Override
    public boolean recognises(Slice payload) {
        return EntryPassDecoder.recognises(payload);
    }

    @Override
    public Decoder newDecoder(List<CredentialFormat> formats) {
        return new EntryPassDecoder();
    }
}
