package io.passgate.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a payload was not accepted. The codes are part of the API: they are never renamed, and each is in the OpenAPI
 * document with its sentence.
 */
public enum Reason {
    INPUT_TOO_LONG(Stage.DECODE, "input_too_long", "The payload is longer than any QR code can carry."),
    PREFIX_UNKNOWN(Stage.DECODE, "prefix_unknown", "The payload does not start with the prefix of a known format."),
    BASE45_INVALID(Stage.DECODE, "base45_invalid", "The text after the prefix is not Base45 (RFC 9285)."),
    ZLIB_INVALID(Stage.DECODE, "zlib_invalid", "The decoded bytes are not one whole zlib stream (RFC 1950)."),
    INFLATED_TOO_LONG(Stage.DECODE, "inflated_too_long", "The zlib stream inflates to more than any certificate."),
    ZLIB_TOO_COMPLEX(Stage.DECODE, "zlib_too_complex", "The zlib stream has more blocks than any certificate."),
    CBOR_INVALID(Stage.DECODE, "cbor_invalid", "The bytes are not well-formed CBOR (RFC 8949)."),
    CBOR_TOO_COMPLEX(Stage.DECODE, "cbor_too_complex", "The CBOR nests deeper or holds more items than allowed."),
    COSE_INVALID(Stage.DECODE, "cose_invalid", "The CBOR is not a COSE_Sign1 message (RFC 9052)."),
    ALGORITHM_MISSING(Stage.DECODE, "algorithm_missing", "The protected header names no algorithm."),
    ALGORITHM_UNSUPPORTED(Stage.DECODE, "algorithm_unsupported", "The algorithm is none of ES256, ES384, PS256."),
    KID_MISSING(Stage.DECODE, "kid_missing", "Neither header names a usable KID."),
    CWT_INVALID(Stage.DECODE, "cwt_invalid", "The signed payload is not a CWT claims set (RFC 8392)."),
    CWT_TIME_INVALID(
            Stage.DECODE,
            "cwt_time_invalid",
            "The claims iat and exp are missing or no numeric dates, or not 15 s apart in a pass."),
    HCERT_MISSING(Stage.DECODE, "hcert_missing", "The claims set carries no health certificate of a known kind."),
    HCERT_INVALID(
            Stage.DECODE,
            "hcert_invalid",
            "The health certificate's structure, or an identifier it may be revoked by, could not be read."),
    PASS_INVALID(Stage.DECODE, "pass_invalid", "The bytes are not those of an entry pass."),

    SIGNER_UNKNOWN(Stage.TRUST, "signer_unknown", "No trusted signer has the payload's KID."),
    SIGNER_KIND_MISMATCH(
            Stage.TRUST,
            "signer_kind_mismatch",
            "The signer with the payload's KID signs other payloads than this one."),
    ALGORITHM_MISMATCH(Stage.TRUST, "algorithm_mismatch", "The payload's algorithm does not fit its signer's key."),
    SIGNATURE_INVALID(Stage.SIGNATURE, "signature_invalid", "The signature is not that of the named signer."),
    SIGNER_NOT_YET_VALID(Stage.TRUST, "signer_not_yet_valid", "The signer certificate is not valid yet."),
    SIGNER_EXPIRED(Stage.TRUST, "signer_expired", "The signer certificate has expired."),
    SIGNER_COUNTRY_MISMATCH(
            Stage.TRUST, "signer_country_mismatch", "The issuer and the signer certificate name two countries."),
    SIGNER_USAGE_MISMATCH(Stage.TRUST, "signer_usage_mismatch", "The signer may not sign this kind of certificate."),
    NOT_YET_VALID(Stage.TIME, "not_yet_valid", "The payload was issued in the future."),
    EXPIRED(Stage.TIME, "expired", "The payload has expired."),

    REVOKED(Stage.REVOCATION, "revoked", "The payload, or what it certifies, has been revoked."),

    // What a policy found lacking, nearest to acceptance first: of several lacks the first in this order is named.
    VACCINATION_WAIT_NOT_OVER(
            Stage.POLICY,
            "vaccination_wait_not_over",
            "The days that must pass after the dose shown before it counts are not over."),
    RECOVERY_WAIT_NOT_OVER(
            Stage.POLICY,
            "recovery_wait_not_over",
            "The days that must pass before the recovery shown counts are not over."),
    EVENT_IN_FUTURE(Stage.POLICY, "event_in_future", "The event shown is dated after the instant of the check."),
    VACCINATION_OVER(
            Stage.POLICY, "vaccination_over", "The days for which the vaccination shown is accepted are over."),
    RECOVERY_OVER(Stage.POLICY, "recovery_over", "The days for which the recovery shown is accepted are over."),
    TEST_TOO_OLD(Stage.POLICY, "test_too_old", "The time for which the test shown is accepted is over."),
    EXEMPTION_OVER(Stage.POLICY, "exemption_over", "The last day of the exemption shown is over."),
    VACCINATION_INCOMPLETE(
            Stage.POLICY, "vaccination_incomplete", "The doses shown are fewer than the policy asks for."),
    RECOVERY_DAY_NOT_SHOWN(
            Stage.POLICY, "recovery_day_not_shown", "The recovery shown lacks the day from which the policy counts."),
    TEST_RESULT_NOT_ACCEPTED(
            Stage.POLICY, "test_result_not_accepted", "The result of the test shown is not one the policy accepts."),
    TEST_TYPE_NOT_ACCEPTED(
            Stage.POLICY, "test_type_not_accepted", "The type of the test shown is not one the policy accepts."),
    PRODUCT_NOT_ACCEPTED(
            Stage.POLICY, "product_not_accepted", "The vaccine product shown is not one the policy accepts."),
    EVENT_KIND_NOT_ACCEPTED(
            Stage.POLICY, "event_kind_not_accepted", "The policy has no rule for the kind of event shown."),
    TARGET_NOT_ACCEPTED(
            Stage.POLICY, "target_not_accepted", "The event shown is about another disease than the policy."),
    TOO_MANY_EVENTS(Stage.POLICY, "too_many_events", "The credential shows more events than the policy allows in one."),
    NO_RECORD_SHOWN(Stage.POLICY, "no_record_shown", "The credential shows no record."),

    ALREADY_USED(Stage.CHECK_IN, "already_used", "The pass has been used for another check-in."),
    DUPLICATE_HOLDER(
            Stage.CHECK_IN,
            "duplicate_holder",
            "The holder has just been checked in with another provider or at another facility."),
    WALLET_NOT_ADMITTED(
            Stage.CHECK_IN,
            "wallet_not_admitted",
            "A wallet certificate is let in by a policy only, and the check-in names none."),

    TRUST_STALE(Stage.TRUST, "trust_stale", "The gateway's list of signers is too old to judge by."),
    SIGNER_AMBIGUOUS(
            Stage.TRUST,
            "signer_ambiguous",
            "More signers share the payload's KID than are tried, and it is none of those tried that signed it."),
    REVOCATION_STALE(Stage.REVOCATION, "revocation_stale", "The gateway's list of revocations is too old to judge by."),
    CLOCK_OFF(Stage.TIME, "clock_off", "The gateway's clock is off, and cannot tell whether a pass is still valid."),
    ONE_TIME_UNKNOWN(
            Stage.CHECK_IN,
            "one_time_unknown",
            "The memory of used passes may have lost some; whether this one was used cannot be told. The next pass works."),
    ENTRY_LOG_UNAVAILABLE(
            Stage.CHECK_IN, "entry_log_unavailable", "The entry could not be written down anywhere, and was not made."),
    OVERLOADED(Stage.GATEWAY, "overloaded", "The gateway has too much to do to judge the payload now."),
    GATEWAY_FAULT(Stage.GATEWAY, "gateway_fault", "The gateway failed while judging; nothing is said of the payload.");

    /** The stage a reason belongs to. */
    public enum Stage {
        DECODE,
        TRUST,
        SIGNATURE,
        TIME,
        REVOCATION,
        POLICY,
        CHECK_IN,
        GATEWAY
    }

    /** Whose fault a reason is. */
    public enum Culprit {
        /** The payload's: the verdict is {@link Verdict.Refused}. */
        PAYLOAD,
        /** Ours: the verdict is {@link Verdict.Indeterminate}. */
        GATEWAY
    }

    private static final Map<String, Reason> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Reason::code, Function.identity()));

    private final Stage stage;
    private final String code;
    private final String sentence;

    Reason(Stage stage, String code, String sentence) {
        this.stage = stage;
        this.code = code;
        this.sentence = sentence;
    }

    public Stage stage() {
        return stage;
    }

    /** Whose fault it is, which decides the verdict it can stand in. */
    public Culprit culprit() {
        return switch (this) {
            case TRUST_STALE,
                    SIGNER_AMBIGUOUS,
                    REVOCATION_STALE,
                    CLOCK_OFF,
                    ONE_TIME_UNKNOWN,
                    ENTRY_LOG_UNAVAILABLE,
                    OVERLOADED,
                    GATEWAY_FAULT -> Culprit.GATEWAY;
            default -> Culprit.PAYLOAD;
        };
    }

    /** The stable code in answers and metrics. */
    public String code() {
        return code;
    }

    /** One English sentence for people who run a gateway. */
    public String sentence() {
        return sentence;
    }

    public static Optional<Reason> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
