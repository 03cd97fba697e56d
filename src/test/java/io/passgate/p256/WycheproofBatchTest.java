package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wycheproof's verdicts on ES256, on every kernel and at many batch sizes. */
@ThirdPartyVectors.Needed
final class WycheproofBatchTest {
    private static final int[] SIZES = IntStream.concat(IntStream.rangeClosed(1, 17), IntStream.of(64, 256))
            .toArray();
    private static final int LARGEST = 256;

    /** Most tables are narrow ones, which are built fast. */
    private static final int[] WINDOWS = {6, 6, 6, 8, 6, 6, 6, 10, 6, 6, 6, 8, 6, 6, 6, 12};

    /** A test of a file whose signature a batch can take. */
    private record Case(Input input, boolean valid, String id) {}

    private static final List<Case> RAW = read("ecdsa_secp256r1_sha256_p1363_test.json", SignatureEncoding.RAW);
    private static final List<Case> DER = read("ecdsa_secp256r1_sha256_test.json", SignatureEncoding.DER);

    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    private static List<Case> read(String file, SignatureEncoding encoding) {
        JsonNode document = ThirdPartyVectors.json("wycheproof", file);
        Map<String, TestKey> keys = new LinkedHashMap<>();
        List<Case> cases = new ArrayList<>();
        int refused = 0;
        for (JsonNode group : document.path("testGroups")) {
            String point = group.path("publicKey").path("uncompressed").asText();
            TestKey key = keys.computeIfAbsent(
                    point,
                    encoded -> TestKey.of(
                            Secp256r1.DOMAIN
                                    .getCurve()
                                    .decodePoint(HexFormat.of().parseHex(encoded)),
                            WINDOWS[keys.size() % WINDOWS.length]));
            for (JsonNode test : group.path("tests")) {
                String id = file + " tcId " + test.path("tcId") + " " + test.path("comment");
                String result = test.path("result").asText();
                assertThat(result).as(id).isIn("valid", "invalid");
                Optional<byte[]> raw = encoding.raw(hex(test.path("sig")));
                if (raw.isPresent()) {
                    byte[] digest = sha256(hex(test.path("msg")));
                    Input input = new Input(InputKind.VALID, key, digest, raw.get());
                    cases.add(new Case(input, result.equals("valid"), id));
                } else {
                    assertThat(result).as(id).isEqualTo("invalid");
                    refused++;
                }
            }
        }
        assertThat(cases.size() + refused)
                .isEqualTo(document.path("numberOfTests").asInt());
        return cases;
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    static Stream<Arguments> kernelsAndFiles() {
        return KernelSubject.kernels()
                .flatMap(kernel ->
                        Stream.of(SignatureEncoding.values()).map(encoding -> Arguments.of(kernel, encoding)));
    }

    private static List<Case> cases(SignatureEncoding encoding) {
        List<Case> cases = encoding == SignatureEncoding.RAW ? RAW : DER;
        assertThat(cases).anyMatch(Case::valid).anyMatch(one -> !one.valid());
        return cases;
    }

    private static void assertDecisions(KernelUnderTest.Decider decider, List<Case> batch) {
        boolean[] decided = decider.decide(batch.stream().map(Case::input).toList());
        for (int i = 0; i < decided.length; i++) {
            if (decided[i] != batch.get(i).valid()) {
                throw new AssertionError(
                        "%s, at %d of %d: decided %s".formatted(batch.get(i).id(), i, batch.size(), decided[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndFiles")
    void everyVector_isDecidedRightly_aloneAndAmongValidNeighbours(Kernel kernel, SignatureEncoding encoding) {
        KernelUnderTest.Decider decider = new KernelSubject(kernel).decider(LARGEST);
        List<Case> cases = cases(encoding);
        List<Case> valid = cases.stream().filter(Case::valid).toList();
        int turn = 0;
        for (int size : SIZES) {
            for (Case one : cases) {
                List<Case> batch = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    batch.add(valid.get((turn + i) % valid.size()));
                }
                batch.set(turn % size, one);
                assertDecisions(decider, batch);
                turn++;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndFiles")
    void everyVector_isDecidedRightly_amongAllOthers(Kernel kernel, SignatureEncoding encoding) {
        KernelUnderTest.Decider decider = new KernelSubject(kernel).decider(LARGEST);
        List<Case> cases = cases(encoding);
        for (int size : SIZES) {
            for (int first = 0; first < cases.size(); first += size) {
                int from = first;
                assertDecisions(
                        decider,
                        IntStream.range(from, from + size)
                                .mapToObj(i -> cases.get(i % cases.size()))
                                .toList());
            }
        }
    }

    /** So that a vector that fails is the kernel's fault and not the reader's. */
    @ParameterizedTest
    @EnumSource
    void bouncyCastle_agreesWithEveryVector(SignatureEncoding encoding) {
        assertThat(cases(encoding))
                .allSatisfy(
                        one -> assertThat(one.input().isValid()).as(one.id()).isEqualTo(one.valid()));
    }
}
