package io.passgate.testing.api;

import io.passgate.http.admin.AdminOperations;
import io.passgate.revocation.Revocation;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** An authority in memory, which a test can break. */
public final class FakeAuthority implements AdminOperations {
    public final List<Signer> signers = new ArrayList<>();
    public final List<Revocation> revocations = new ArrayList<>();
    public volatile List<Rejection> rejecting = List.of();
    public volatile Mood mood = Mood.ANSWERS;

    private <T> Future<T> answer(T answer) {
        return mood.future(answer);
    }

    @Override
    public Future<List<Rejection>> addSigners(String by, List<Signer> added) {
        signers.addAll(added);
        return answer(rejecting);
    }

    @Override
    public Future<Boolean> removeSigner(String by, String id) {
        return answer(signers.removeIf(signer -> signer.id().equals(id)));
    }

    @Override
    public Future<List<Long>> addRevocations(List<Revocation> added) {
        long first = revocations.size() + 1L;
        revocations.addAll(added);
        return answer(LongStream.range(first, first + added.size()).boxed().toList());
    }

    @Override
    public Future<Boolean> removeRevocation(long id) {
        return answer(id >= 1 && id <= revocations.size());
    }
}
