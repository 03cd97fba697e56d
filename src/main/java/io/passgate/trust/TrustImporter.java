package io.passgate.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.crypto.VerificationKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Reads trust sources and tells their kind by their content: an X.509 certificate (DER), certificates in PEM, the EU
 * DCC gateway's JSON trust list, or a key list of the Dutch shape.
 */
public final class TrustImporter {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** UTF-8's byte order mark as it looks byte by byte. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final CertificateImporter certificates;
    private final KeyListImporter keyLists;
    private final GatewayListImporter gatewayLists;

    /**
     * Creates one for any number of sources.
     *
     * @param keys checks the keys in them
     */
    public TrustImporter(VerificationKeys keys) {
        this.certificates = new CertificateImporter(keys);
        this.keyLists = new KeyListImporter(keys);
        this.gatewayLists = new GatewayListImporter(certificates);
    }

    /**
     * Reads one source.
     *
     * @param where how rejections name it
     * @param content all bytes of the source, of any kind; only read
     * @return the signers of what could be read, and what could not
     */
    public SignerImport read(String where, byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 4_096), StandardCharsets.ISO_8859_1);
        if (head.contains("-----BEGIN ")) {
            return readPem(where, new String(content, StandardCharsets.ISO_8859_1));
        }
        String start = head.replace(BYTE_ORDER_MARK, "").stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return readJson(where, new String(content, StandardCharsets.UTF_8));
        }
        return CertificateImporter.isCertificate(content)
                ? certificates.ofDer(where, content)
                : SignerImport.unreadable(where, "neither a certificate, nor PEM, nor JSON");
    }

    /** Takes each block by itself: a broken one is rejected and the next one read. */
    private SignerImport readPem(String where, String text) {
        List<SignerImport> parts = new ArrayList<>();
        PemReader reader = new PemReader(new StringReader(text.replace(BYTE_ORDER_MARK, "")));
        boolean more = true;
        for (int index = 1; more; index++) {
            String which = where + " block " + index;
            try {
                PemObject block = reader.readPemObject();
                if (block == null) {
                    more = false;
                } else {
                    parts.add(readBlock(which, block));
                }
            } catch (IOException | RuntimeException broken) {
                parts.add(SignerImport.unreadable(which, "broken PEM: " + broken.getMessage()));
            }
        }
        return parts.isEmpty()
                ? SignerImport.unreadable(where, "no line begins a PEM block")
                : SignerImport.join(parts);
    }

    private SignerImport readBlock(String which, PemObject block) {
        return block.getType().endsWith("CERTIFICATE")
                ? certificates.ofDer(which, block.getContent())
                : SignerImport.rejected(which, "a PEM block of type " + block.getType());
    }

    private SignerImport readJson(String where, String text) {
        try {
            JsonNode document = JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
            if (GatewayListImporter.recognises(document)) {
                return gatewayLists.read(where, document);
            }
            if (KeyListImporter.recognises(document)) {
                return keyLists.read(where, document);
            }
            return SignerImport.unreadable(where, "JSON, but neither a gateway trust list nor a key list");
        } catch (JsonProcessingException broken) {
            return SignerImport.unreadable(where, "broken JSON: " + broken.getOriginalMessage());
        }
    }
}
