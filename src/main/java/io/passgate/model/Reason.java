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
    /** More than 4,296 characters without the blanks around it: what a QR code of version 40-L holds. */
    INPUT_TOO_LONG(Stage.DECODE, "input_too_long", "The payload is longer than any QR code can carry."),
    /** Such as a menu, a web address or a ticket, by the first characters; the rest was not looked at. */
    NOT_A_CREDENTIAL(
            Stage.DECODE,
            "not_a_credential",
            "The payload is no certificate: it does not start as any kind of one does."),
    /**
     * The first characters are those of a certificate, and not of one of a known {@linkplain FormatId format}: another
     * version, another kind, or one that has lost its prefix. The rest was not looked at.
     */
    PREFIX_UNKNOWN(Stage.DECODE, "prefix_unknown", "The payload does not start with the prefix of a known format."),
    /** A character, a value or the length is not one of Base45. */
    BASE45_INVALID(Stage.DECODE, "base45_invalid", "The text after the prefix is not Base45 (RFC 9285)."),
    /** The stream is malformed, cut off, followed by something, or its checksum does not fit. */
    ZLIB_INVALID(Stage.DECODE, "zlib_invalid", "The decoded bytes are not one whole zlib stream (RFC 1950)."),
    /** Inflation was broken off at 16 KiB; the largest known certificates stay below 2 KiB. */
    INFLATED_TOO_LONG(Stage.DECODE, "inflated_too_long", "The zlib stream inflates to more than any certificate."),
    /** Inflation was broken off after 8 blocks; an encoder writes one, and some a few empty ones behind it. */
    ZLIB_TOO_COMPLEX(Stage.DECODE, "zlib_too_complex", "The zlib stream has more blocks than any certificate."),
    /** An item is cut off or malformed, or a map has the same key twice. */
    CBOR_INVALID(Stage.DECODE, "cbor_invalid", "The bytes are not well-formed CBOR (RFC 8949)."),
    /** Decoding was broken off at a bound, such as 16 levels or 2,048 items. */
    CBOR_TOO_COMPLEX(Stage.DECODE, "cbor_too_complex", "The CBOR nests deeper or holds more items than allowed."),
    /** The message has not the four parts of a COSE_Sign1 (RFC 9052 section 4.2). */
    COSE_INVALID(Stage.DECODE, "cose_invalid", "The CBOR is not a COSE_Sign1 message (RFC 9052)."),
    /** An algorithm counts in the protected header only (header parameter 1). */
    ALGORITHM_MISSING(Stage.DECODE, "algorithm_missing", "The protected header names no algorithm."),
    /** The algorithm named is no constant of {@link Algorithm}. */
    ALGORITHM_UNSUPPORTED(Stage.DECODE, "algorithm_unsupported", "The algorithm is none of ES256, ES384, PS256."),
    /** Without a KID there is no signer to look for. */
    KID_MISSING(Stage.DECODE, "kid_missing", "Neither header names a usable KID."),
    /** What is signed is no map of claims. */
    CWT_INVALID(Stage.DECODE, "cwt_invalid", "The signed payload is not a CWT claims set (RFC 8392)."),
    /** A time is needed and unusable, so that nothing can be said of how long it holds. */
    CWT_TIME_INVALID(
            Stage.DECODE,
            "cwt_time_invalid",
            "The claims iat and exp are missing or no numeric dates, or not 15 s apart in a pass."),
    /** There is no claim -260, or in it no key of a known certificate. */
    HCERT_MISSING(Stage.DECODE, "hcert_missing", "The claims set carries no health certificate of a known kind."),
    /** The certificate is read as far as verdict and revocation need it, and that part is unusable. */
    HCERT_INVALID(
            Stage.DECODE,
            "hcert_invalid",
            "The health certificate's structure, or an identifier it may be revoked by, could not be read."),
    /** A pass has one form only, and these bytes deviate from it. */
    PASS_INVALID(Stage.DECODE, "pass_invalid", "The bytes are not those of an entry pass."),

    /** Told only while the trust list is recent; otherwise it is {@link #TRUST_STALE}. */
    SIGNER_UNKNOWN(Stage.TRUST, "signer_unknown", "No trusted signer has the payload's KID."),
    /** Such as a pass under the KID of a signer of certificates. */
    SIGNER_KIND_MISMATCH(
            Stage.TRUST,
            "signer_kind_mismatch",
            "The signer with the payload's KID signs other payloads than this one."),
    /** The signer may sign it, but its key is of another algorithm. */
    ALGORITHM_MISMATCH(Stage.TRUST, "algorithm_mismatch", "The payload's algorithm does not fit its signer's key."),
    /** It was forged or altered, or another signer with the same KID signed it. */
    SIGNATURE_INVALID(Stage.SIGNATURE, "signature_invalid", "The signature is not that of the named signer."),
    /** The instant is before the signer's first. */
    SIGNER_NOT_YET_VALID(Stage.TRUST, "signer_not_yet_valid", "The signer certificate is not valid yet."),
    /** The instant is after the signer's last. */
    SIGNER_EXPIRED(Stage.TRUST, "signer_expired", "The signer certificate has expired."),
    /** The claim {@code iss} and the country of the signer's certificate differ. */
    SIGNER_COUNTRY_MISMATCH(
            Stage.TRUST, "signer_country_mismatch", "The issuer and the signer certificate name two countries."),
    /** The signer may sign certificates, but not of each kind of event that this one carries. */
    SIGNER_USAGE_MISMATCH(Stage.TRUST, "signer_usage_mismatch", "The signer may not sign this kind of certificate."),
    /** It is still earlier than the tolerance for differing clocks allows. */
    NOT_YET_VALID(Stage.TIME, "not_yet_valid", "The payload was issued in the future."),
    /** It was good once, for a pass until 15 s and the tolerance were over. */
    EXPIRED(Stage.TIME, "expired", "The payload has expired."),

    /** Found by an exact hash in the revocation list. */
    REVOKED(Stage.REVOCATION, "revoked", "The payload, or what it certifies, has been revoked."),

    // What a policy found lacking, nearest to acceptance first: of several lacks the first in this order is named.
    /** Time alone mends it, counted from the day of the dose shown. */
    VACCINATION_WAIT_NOT_OVER(
            Stage.POLICY,
            "vaccination_wait_not_over",
            "The days that must pass after the dose shown before it counts are not over."),
    /** Time alone mends it, counted from a day of the recovery that the policy chooses. */
    RECOVERY_WAIT_NOT_OVER(
            Stage.POLICY,
            "recovery_wait_not_over",
            "The days that must pass before the recovery shown counts are not over."),
    /** An event that has not happened proves nothing yet. */
    EVENT_IN_FUTURE(Stage.POLICY, "event_in_future", "The event shown is dated after the instant of the check."),
    /** Another dose is needed. */
    VACCINATION_OVER(
            Stage.POLICY, "vaccination_over", "The days for which the vaccination shown is accepted are over."),
    /** The infection was too long ago to count. */
    RECOVERY_OVER(Stage.POLICY, "recovery_over", "The days for which the recovery shown is accepted are over."),
    /** A newer test is needed. */
    TEST_TOO_OLD(Stage.POLICY, "test_too_old", "The time for which the test shown is accepted is over."),
    /** The exemption has a last day, and it is past. */
    EXEMPTION_OVER(Stage.POLICY, "exemption_over", "The last day of the exemption shown is over."),
    /** A series has begun and is not complete by the policy's count. */
    VACCINATION_INCOMPLETE(
            Stage.POLICY, "vaccination_incomplete", "The doses shown are fewer than the policy asks for."),
    /** Such as a DCC for a policy that counts from the release, which a DCC does not carry. */
    RECOVERY_DAY_NOT_SHOWN(
            Stage.POLICY, "recovery_day_not_shown", "The recovery shown lacks the day from which the policy counts."),
    /** Such as a positive test where a negative one is asked for. */
    TEST_RESULT_NOT_ACCEPTED(
            Stage.POLICY, "test_result_not_accepted", "The result of the test shown is not one the policy accepts."),
    /** Such as a rapid test where only a PCR test counts. */
    TEST_TYPE_NOT_ACCEPTED(
            Stage.POLICY, "test_type_not_accepted", "The type of the test shown is not one the policy accepts."),
    /** The product is not on the policy's list of vaccines. */
    PRODUCT_NOT_ACCEPTED(
            Stage.POLICY, "product_not_accepted", "The vaccine product shown is not one the policy accepts."),
    /** Such as an exemption where only vaccinations and tests count. */
    EVENT_KIND_NOT_ACCEPTED(
            Stage.POLICY, "event_kind_not_accepted", "The policy has no rule for the kind of event shown."),
    /** The code of the disease is none of those that the policy names. */
    TARGET_NOT_ACCEPTED(
            Stage.POLICY, "target_not_accepted", "The event shown is about another disease than the policy."),
    /** The policy's own bound on the events of one credential. */
    TOO_MANY_EVENTS(Stage.POLICY, "too_many_events", "The credential shows more events than the policy allows in one."),
    /** Such as a pass that only lets in, without a record. */
    NO_RECORD_SHOWN(Stage.POLICY, "no_record_shown", "The credential shows no record."),

    /** Told of a pass shown twice, and not of the same request sent again. */
    ALREADY_USED(Stage.CHECK_IN, "already_used", "The pass has been used for another check-in."),
    /** Told only where the configuration has such holders refused. */
    DUPLICATE_HOLDER(
            Stage.CHECK_IN,
            "duplicate_holder",
            "The holder has just been checked in with another provider or at another facility."),
    /** A wallet certificate may be shown again and again, so that by itself it lets nobody in. */
    WALLET_NOT_ADMITTED(
            Stage.CHECK_IN,
            "wallet_not_admitted",
            "A wallet certificate is let in by a policy only, and the check-in names none."),

    /** Nobody is refused for a signer that an old list may lack. */
    TRUST_STALE(Stage.TRUST, "trust_stale", "The gateway's list of signers is too old to judge by."),
    /** The signer may be one of those that were not tried. */
    SIGNER_AMBIGUOUS(
            Stage.TRUST,
            "signer_ambiguous",
            "More signers share the payload's KID than are tried, and it is none of those tried that signed it."),
    /** Nobody is let in by a list that may lack their revocation. */
    REVOCATION_STALE(Stage.REVOCATION, "revocation_stale", "The gateway's list of revocations is too old to judge by."),
    /** Told of formats that hold for seconds only, such as a pass. */
    CLOCK_OFF(Stage.TIME, "clock_off", "The gateway's clock is off, and cannot tell whether a pass is still valid."),
    /** Told after a loss of Redis, of passes that may have been used before it. */
    ONE_TIME_UNKNOWN(
            Stage.CHECK_IN,
            "one_time_unknown",
            "The memory of used passes may have lost some; whether this one was used cannot be told. The next pass works."),
    /** Neither Redis nor PostgreSQL nor the spool took the entry. */
    ENTRY_LOG_UNAVAILABLE(
            Stage.CHECK_IN, "entry_log_unavailable", "The entry could not be written down anywhere, and was not made."),
    /** The slow path had no room for it, or took too long; sending it again later can help. */
    OVERLOADED(Stage.GATEWAY, "overloaded", "The gateway has too much to do to judge the payload now."),
    /** A bug, or a security provider that failed. */
    GATEWAY_FAULT(Stage.GATEWAY, "gateway_fault", "The gateway failed while judging; nothing is said of the payload.");

    /** The part of a verification or check-in that found a reason. */
    public enum Stage {
        /** Reading the payload, before anything is known of its signer. */
        DECODE,
        /** Finding a signer that may have signed it. */
        TRUST,
        /** Verifying the signature by the signer's key. */
        SIGNATURE,
        /** How long the payload holds. */
        TIME,
        /** The list of what is accepted no more. */
        REVOCATION,
        /** The rules that were asked for. */
        POLICY,
        /** One-time use and the entry log. */
        CHECK_IN,
        /** This gateway's own state, and nothing of the payload. */
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

    /** {@return where it is found} */
    public Stage stage() {
        return stage;
    }

    /** {@return whose fault it is, which decides the verdict it can stand in} */
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

    /** {@return the stable code in answers and metrics, such as {@code signer_unknown}} */
    public String code() {
        return code;
    }

    /** {@return one English sentence for people who run a gateway} */
    public String sentence() {
        return sentence;
    }

    /**
     * {@return the reason with this code, or empty if none has it}
     *
     * @param code as of {@link #code}, or anything else
     */
    public static Optional<Reason> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
