package io.passgate.trial;

import io.passgate.client.ApiClient;
import io.passgate.client.ApiException;
import io.passgate.client.api.CheckInApi;
import io.passgate.client.api.IssuingApi;
import io.passgate.client.api.RecordsApi;
import io.passgate.client.api.VerificationApi;
import io.passgate.client.model.CheckInResult;
import io.passgate.client.model.HealthRecord;
import io.passgate.client.model.NewConsent;
import io.passgate.client.model.NewDevice;
import io.passgate.client.model.NewPass;
import io.passgate.client.model.NewRecords;
import io.passgate.client.model.Outcome;
import io.passgate.client.model.Pass;
import io.passgate.client.model.Reason;
import io.passgate.client.model.RecordKind;
import io.passgate.client.model.ScopeItem;
import io.passgate.client.model.Verdict;
import io.passgate.client.model.VerificationRequest;
import io.passgate.client.model.VerificationResult;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A trial of the generated Java client: issues an entry pass, verifies it, and lets it in once.
 *
 * <p>The environment says where and as whom: {@code VERIFYING_URL}, {@code ISSUING_URL}, {@code PROVIDER_HTU}, and the
 * tokens {@code VERIFIER_TOKEN}, {@code FACILITY_TOKEN}, {@code REGISTRAR_TOKEN} and {@code PROVIDER_TOKEN}. An answer
 * that is another than expected ends it with exit code 1.
 */
public final class Trial {
    private static final String PRODUCT = "EU/1/20/1528";
    private static final int CI_BYTES = 64;

    private Trial() {}

    /** An answer that is another than expected. */
    private static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1;

        Unexpected(String what) {
            super(what);
        }
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        try {
            String holder = freshHolder();
            record(holder);
            Pass pass = issue(holder);
            verify(pass.getPayload());
            letIn(pass.getPayload());
        } catch (Unexpected unexpected) {
            System.err.println(unexpected.getMessage());
            System.exit(1);
        } catch (ApiException refused) {
            System.err.println("answer " + refused.getCode() + ": " + refused.getResponseBody());
            System.exit(1);
        }
    }

    private static void record(String holder) throws ApiException, Unexpected {
        RecordsApi records = new RecordsApi(client(environment("ISSUING_URL"), environment("REGISTRAR_TOKEN")));
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
        NewRecords doses = new NewRecords()
                .addRecordsItem(dose(holder, 1, today.minusDays(60)))
                .addRecordsItem(dose(holder, 2, today.minusDays(20)))
                .addRecordsItem(new HealthRecord()
                        .id(UUID.randomUUID().toString())
                        .kind(RecordKind.BIRTH_YEAR)
                        .holder(holder)
                        .year(1985));
        List<Outcome> outcomes = records.addRecords(doses).getRecords().stream()
                .map(one -> one.getOutcome())
                .toList();
        System.out.println("recorded: " + outcomes);
        expect(outcomes.equals(List.of(Outcome.CREATED, Outcome.CREATED, Outcome.CREATED)), "three new records");
    }

    private static HealthRecord dose(String holder, int number, LocalDate on) {
        return new HealthRecord()
                .id(UUID.randomUUID().toString())
                .kind(RecordKind.IMMUNIZATION)
                .holder(holder)
                .product(PRODUCT)
                .dose(number)
                .of(2)
                .date(on);
    }

    private static Pass issue(String holder) throws ApiException, GeneralSecurityException, Unexpected {
        IssuingApi issuing = new IssuingApi(client(environment("ISSUING_URL"), environment("PROVIDER_TOKEN")));
        String consent = issuing.giveConsent(new NewConsent().holder(holder).addScopeItem(ScopeItem.VACCINATION))
                .getConsent();
        Phone phone = new Phone();
        String htu = environment("PROVIDER_HTU");
        String device = issuing.registerDevice(new NewDevice().consent(consent), phone.proof(htu, consent))
                .getDevice();
        System.out.println("registered: " + device);
        Pass pass = issuing.makePass(new NewPass().consent(consent), phone.proof(htu, consent));
        System.out.println("issued: shows " + pass.getShows() + " until " + pass.getExpiresAt());
        expect(pass.getShows().equals(List.of(ScopeItem.VACCINATION)), "a pass that shows the vaccination");
        return pass;
    }

    private static void verify(String payload) throws ApiException, Unexpected {
        VerificationApi verification =
                new VerificationApi(client(environment("VERIFYING_URL"), environment("VERIFIER_TOKEN")));
        List<VerificationResult> results = verification
                .verify(
                        new VerificationRequest()
                                .addPayloadsItem(payload)
                                .addPayloadsItem("hello")
                                .policy("kr"),
                        "en",
                        null)
                .getResults();
        results.forEach(result -> System.out.println("verified: " + result.getVerdict() + " " + result.getReason()));
        expect(
                results.size() == 2
                        && results.get(0).getVerdict() == Verdict.ACCEPTED
                        && results.get(1).getVerdict() == Verdict.REFUSED
                        && results.get(1).getReason() == Reason.NOT_A_CREDENTIAL,
                "the pass is accepted, and a word is not");
    }

    private static void letIn(String payload) throws ApiException, Unexpected {
        CheckInApi checkIns = new CheckInApi(client(environment("VERIFYING_URL"), environment("FACILITY_TOKEN")));
        CheckInResult first = checkIn(checkIns, payload);
        expect(first.getVerdict() == Verdict.ACCEPTED, "the pass is let in");
        CheckInResult again = checkIn(checkIns, payload);
        expect(again.getReason() == Reason.ALREADY_USED, "the same pass is not let in again");
    }

    private static CheckInResult checkIn(CheckInApi checkIns, String payload) throws ApiException {
        CheckInResult result = checkIns.checkIn(
                        UUID.randomUUID().toString(),
                        new VerificationRequest().addPayloadsItem(payload).policy("kr"),
                        "en",
                        null)
                .getResults()
                .get(0);
        System.out.println("checked in: " + result.getVerdict() + ", " + result.getText());
        return result;
    }

    /** A client of one port that shows one token. */
    private static ApiClient client(String address, String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(address);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }

    private static void expect(boolean is, String what) throws Unexpected {
        if (!is) {
            throw new Unexpected("expected: " + what);
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            System.err.println(name + " is not in the environment");
            System.exit(1);
        }
        return value;
    }

    private static String freshHolder() {
        byte[] ci = new byte[CI_BYTES];
        new SecureRandom().nextBytes(ci);
        return Base64.getEncoder().encodeToString(ci);
    }
}
