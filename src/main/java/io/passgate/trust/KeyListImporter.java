package io.passgate.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads key lists of the Dutch shape: an object from KID (Base64) to an array of keys without certificates, on its own
 * or under {@code eu_keys}.
 *
 * <pre>{"eu_keys": {"AAECAwQFBgc=": [{"subjectPk": "MFkw…", "keyUsage": ["t", "v", "r"]}]}}</pre>
 */
final class KeyListImporter {
    private final VerificationKeys keys;

    KeyListImporter(VerificationKeys keys) {
        this.keys = keys;
    }

    /** Whether the document has this shape. */
    static boolean recognises(JsonNode document) {
        return document.has("eu_keys")
                || (document.isObject()
                        && !document.isEmpty()
                        && isKeyArray(document.elements().next()));
    }

    private static boolean isKeyArray(JsonNode node) {
        return node.isArray() && (node.isEmpty() || node.get(0).has("subjectPk"));
    }

    SignerImport read(String where, JsonNode document) {
        JsonNode list = document.has("eu_keys") ? document.get("eu_keys") : document;
        List<SignerImport> parts = new ArrayList<>();
        for (var entry : list.properties()) {
            for (JsonNode key : entry.getValue()) {
                parts.add(readKey(where + " KID " + entry.getKey(), entry.getKey(), key));
            }
        }
        return SignerImport.join(parts);
    }

    private SignerImport readKey(String where, String kidBase64, JsonNode node) {
        try {
            Kid kid = Kid.ofBase64(kidBase64);
            byte[] spki = Base64.getDecoder().decode(node.path("subjectPk").asText());
            return switch (keys.ofSpki(spki)) {
                case KeyImport.Rejected(String why) -> SignerImport.rejected(where, why);
                case KeyImport.Usable(var key) ->
                    SignerImport.of(
                            new Signer(kid, key, SignerKind.DCC, usages(node.path("keyUsage")), Optional.empty()));
            };
        } catch (IllegalArgumentException notBase64) {
            return SignerImport.rejected(where, "KID or subjectPk is not Base64");
        }
    }

    private static Set<EventKind> usages(JsonNode listed) {
        if (listed.isEmpty()) {
            return Signer.ANY_USAGE;
        }
        Set<EventKind> usages = EnumSet.noneOf(EventKind.class);
        for (JsonNode usage : listed) {
            switch (usage.asText()) {
                case "t" -> usages.add(EventKind.TEST);
                case "v" -> usages.add(EventKind.VACCINATION);
                case "r" -> usages.add(EventKind.RECOVERY);
                default -> {
                    /* A usage of another scheme says nothing in this one. */
                }
            }
        }
        return usages;
    }
}
