package io.passgate.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.crypto.IssuerKeys;
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

    private final CertificateImporter certificates;
    private final KeyListImporter keyLists;
    private final GatewayListImporter gatewayLists;

    public TrustImporter(IssuerKeys keys) {
        this.certificates = new CertificateImporter(keys);
        this.keyLists = new KeyListImporter(keys);
        this.gatewayLists = new GatewayListImporter(certificates);
    }

    /**
     * Reads one source.
     *
     * @param where how rejections name it
     */
    public SignerImport read(String where, byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 4_096), StandardCharsets.ISO_8859_1);
        if (head.contains("-----BEGIN ")) {
            return readPem(where, new String(content, StandardCharsets.ISO_8859_1));
        }
        String start = head.replace("\u00ef\u00bb\u00bf", "").stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return readJson(where, new String(content, StandardCharsets.UTF_8));
        }
        return certificates.ofDer(where, content);
    }

    private SignerImport readPem(String where, String text) {
        List<SignerImport> parts = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            int index = 1;
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                String which = where + " block " + index++;
                parts.add(
                        block.getType().endsWith("CERTIFICATE")
                                ? certificates.ofDer(which, block.getContent())
                                : SignerImport.rejected(which, "a PEM block of type " + block.getType()));
            }
        } catch (IOException | RuntimeException broken) {
            parts.add(SignerImport.rejected(where, "broken PEM: " + broken.getMessage()));
        }
        return SignerImport.join(parts);
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
            return SignerImport.rejected(where, "JSON, but neither a gateway trust list nor a key list");
        } catch (JsonProcessingException broken) {
            return SignerImport.rejected(where, "broken JSON: " + broken.getOriginalMessage());
        }
    }
}
