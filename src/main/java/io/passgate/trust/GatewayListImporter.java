package io.passgate.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.model.Kid;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads the trust list of the EU DCC gateway: an array of entries, on its own or under {@code certificates}, of which
 * those with certificate type DSC are document signers. The list's own signature is the downloader's business.
 *
 * <pre>[{"kid": "AAECAwQFBgc=", "country": "NL", "certificateType": "DSC", "rawData": "MIIB…"}]</pre>
 */
final class GatewayListImporter {
    private final CertificateImporter certificates;

    GatewayListImporter(CertificateImporter certificates) {
        this.certificates = certificates;
    }

    /** Whether the document has this shape. */
    static boolean recognises(JsonNode document) {
        JsonNode list = document.isArray() ? document : document.path("certificates");
        return list.isArray() && (list.isEmpty() || list.valueStream().anyMatch(entry -> entry.has("rawData")));
    }

    SignerImport read(String where, JsonNode document) {
        JsonNode list = document.isArray() ? document : document.path("certificates");
        List<SignerImport> parts = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : list) {
            parts.add(readEntry(where + " entry " + index++, entry));
        }
        return SignerImport.join(parts);
    }

    private SignerImport readEntry(String where, JsonNode entry) {
        if (!entry.path("certificateType").asText("DSC").equalsIgnoreCase("DSC")) {
            return new SignerImport(List.of(), List.of());
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(entry.path("rawData").asText());
            String kid = entry.path("kid").asText("");
            Kid named = kid.isEmpty() ? Kid.ofCertificate(der) : Kid.ofBase64(kid);
            return certificates.ofDer(where, der, named);
        } catch (IllegalArgumentException notBase64) {
            return SignerImport.rejected(where, "kid or rawData is not Base64");
        }
    }
}
