package io.passgate.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.JsonBody;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.SignerKind;
import io.passgate.trust.SignerKinds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code POST /v1/signers} and {@code DELETE /v1/signers/{id}}. */
public final class SignerChangesHandler {
    private static final int MAX_ENTRIES = 200;
    private static final Set<String> MEMBERS = Set.of("certificate", "kind", "provider");

    private final AdminCalls adminCalls;
    private final CertificateImporter certificates;
    private final SignerKinds kinds;
    private final Predicate<Signer> mayBeTrusted;

    /**
     * The routes of one event loop.
     *
     * @param adminCalls carries the changes out
     * @param certificates reads a signer's certificate
     * @param kinds that a signer may be of
     * @param mayBeTrusted whether a signer may be trusted at all
     */
    public SignerChangesHandler(
            AdminCalls adminCalls,
            CertificateImporter certificates,
            SignerKinds kinds,
            Predicate<Signer> mayBeTrusted) {
        this.adminCalls = adminCalls;
        this.certificates = certificates;
        this.kinds = kinds;
        this.mayBeTrusted = mayBeTrusted;
    }

    /**
     * Adds all signers of the body and answers 201 with their ids; where one cannot be taken, adds none.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void add(RoutingContext context) {
        try {
            List<Signer> signers = new ArrayList<>();
            List<Rejection> rejected = new ArrayList<>();
            List<JsonNode> entries = JsonBody.entries(context, "signers", MAX_ENTRIES);
            for (int i = 0; i < entries.size(); i++) {
                SignerImport read = parse(entries.get(i), "signers[" + i + "]");
                signers.addAll(read.signers());
                rejected.addAll(read.rejected());
            }
            if (rejected.isEmpty()) {
                add(context, signers);
            } else {
                reject(context, rejected);
            }
        } catch (JsonBody.Wrong wrong) {
            new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(wrong.getMessage())).send(context);
        }
    }

    private void add(RoutingContext context, List<Signer> signers) {
        adminCalls.change(context, authority -> authority.addSigners(by(context), signers), rejected -> {
            if (rejected.isEmpty()) {
                JsonArray ids = new JsonArray();
                signers.forEach(signer -> ids.add(new JsonObject()
                        .put("id", signer.id())
                        .put("kid", signer.kid().toBase64())));
                Responses.json(context, 201, new JsonObject().put("signers", ids));
            } else {
                reject(context, rejected);
            }
        });
    }

    private static void reject(RoutingContext context, List<Rejection> rejected) {
        String detail = rejected.stream()
                .limit(10)
                .map(rejection -> rejection.where() + ": " + rejection.why())
                .collect(Collectors.joining("; "));
        new Problem(ProblemType.SIGNERS_REJECTED, detail).send(context);
    }

    private SignerImport parse(JsonNode entry, String where) throws JsonBody.Wrong {
        JsonBody.onlyHas(entry, where, MEMBERS);
        SignerKind kind = kind(entry, where);
        byte[] der = der(JsonBody.required(entry, where, "certificate"), where);
        SignerImport read = certificates.ofDer(where, der);
        List<Signer> signers = read.signers().stream()
                .map(signer -> new Signer(signer.kid(), signer.key(), kind, signer.usages(), signer.certificate()))
                .toList();
        return signers.stream().allMatch(mayBeTrusted)
                ? new SignerImport(signers, read.rejected())
                : new SignerImport(List.of(), List.of(new Rejection(where, "a signer of the demonstration")));
    }

    private SignerKind kind(JsonNode entry, String where) throws JsonBody.Wrong {
        String kind = JsonBody.text(entry, where, "kind").orElse(SignerKind.DCC.code());
        Optional<SignerKind> found = kinds.find(kind, JsonBody.text(entry, where, "provider"));
        if (found.isEmpty()) {
            throw new JsonBody.Wrong(where + ": \"kind\" is " + kinds + ".");
        }
        return found.get();
    }

    private static byte[] der(String text, String where) throws JsonBody.Wrong {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException not) {
            throw new JsonBody.Wrong(where + ": \"certificate\" is not Base64.");
        }
    }

    /** Who asks, for the audit. */
    private static String by(RoutingContext context) {
        return Authentication.client(context).name();
    }

    /**
     * Removes a signer and answers 204; 404 where there is none.
     *
     * @param context of {@code DELETE}
     */
    public void remove(RoutingContext context) {
        String id = context.pathParam("id");
        if (!id.matches("[0-9a-f]{32}")) {
            Problem.of(ProblemType.NOT_FOUND).send(context);
            return;
        }
        adminCalls.remove(context, authority -> authority.removeSigner(by(context), id));
    }
}
