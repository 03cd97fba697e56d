package io.passgate.store.entrylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that takes entries while no store does. */
final class EntryWriteAheadFileTest {
    private static final LocalDate DAY = LocalDate.of(2021, 7, 12);
    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00.123Z");
    private static final long PLENTY = 1 << 20;

    private final Random random = new Random(28);

    @TempDir
    private Path folder;

    private Visit entry(LocalDate day) {
        return new Visit(day, OpaqueId.random(random), "박물관", "kakao", OpaqueId.random(random), NOON);
    }

    private Path file() {
        return folder.resolve("inside").resolve("spool");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatWasAppended_isThereAfterARestart_inOrder_andForTheOwnerOnly() throws IOException {
        List<Visit> first = List.of(entry(DAY), entry(DAY.minusDays(1)));
        List<Visit> second = List.of(entry(DAY));
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            assertThat(entryWriteAheadFile.isEmpty()).isTrue();
            assertThat(await(entryWriteAheadFile.append(first))).isEqualTo(first);
            var _ = await(entryWriteAheadFile.append(second));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (EntryWriteAheadFile again = new EntryWriteAheadFile(file(), PLENTY)) {
            assertThat(await(again.entries())).containsExactly(first.get(0), first.get(1), second.get(0));
            var _ = await(again.forget(2));
            assertThat(await(again.entries())).isEqualTo(second);
            var _ = await(again.forget(1));
            assertThat(again.isEmpty()).isTrue();
            assertThat(Files.size(file())).isZero();
        }
    }

    @Test
    void aTailThatWasCutOffAnywhere_isLeftOut_andTheRestIsWhole() throws IOException {
        List<Visit> entries = List.of(entry(DAY), entry(DAY), entry(DAY));
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            var _ = await(entryWriteAheadFile.append(entries));
        }
        byte[] whole = Files.readAllBytes(file());
        int record = whole.length / 3;
        for (int length = 0; length <= whole.length; length++) {
            var _ = Files.write(file(), Arrays.copyOf(whole, length));
            try (EntryWriteAheadFile cut = new EntryWriteAheadFile(file(), PLENTY)) {
                assertThat(await(cut.entries())).isEqualTo(entries.subList(0, length / record));
                Visit next = entry(DAY);
                var _ = await(cut.append(List.of(next)));
                assertThat(await(cut.entries())).hasSize(length / record + 1).endsWith(next);
            }
        }
    }

    @Test
    void aRecordThatWasDamaged_endsWhatIsRead() throws IOException {
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            var _ = await(entryWriteAheadFile.append(List.of(entry(DAY), entry(DAY))));
        }
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1] ^= 1;
        var _ = Files.write(file(), bytes);
        try (EntryWriteAheadFile damaged = new EntryWriteAheadFile(file(), PLENTY)) {
            assertThat(await(damaged.entries())).hasSize(1);
        }
    }

    @Test
    void whatDoesNotFit_isNotTaken_notEvenInPart() throws IOException {
        Visit one = entry(DAY);
        int record = VisitCodec.encode(one).length + 8;
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), 2L * record)) {
            var _ = await(entryWriteAheadFile.append(List.of(one)));
            assertThatThrownBy(() -> await(entryWriteAheadFile.append(List.of(entry(DAY), entry(DAY)))))
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("full");
            assertThat(entryWriteAheadFile.bytes()).isEqualTo(record);
            var _ = await(entryWriteAheadFile.append(List.of(entry(DAY))));
            assertThat(await(entryWriteAheadFile.entries())).hasSize(2);
        }
    }

    @Test
    void entriesOfPurgedDays_leaveTheFile() throws IOException {
        Visit kept = entry(DAY);
        Visit old = entry(DAY.minusDays(1));
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            var _ = await(entryWriteAheadFile.append(List.of(old, kept)));
            assertThat(await(entryWriteAheadFile.purge(DAY))).isEqualTo(1);
            assertThat(await(entryWriteAheadFile.entries())).containsExactly(kept);
            assertThat(await(entryWriteAheadFile.purge(DAY.plusDays(1)))).isEqualTo(1);
            assertThat(Files.size(file())).isZero();
        }
    }

    @Test
    void anotherGatewaysSpool_isNotOpened() throws IOException {
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            assertThat(entryWriteAheadFile.isEmpty()).isTrue();
            assertThatThrownBy(() -> new EntryWriteAheadFile(file(), PLENTY)).hasMessageContaining("another gateway");
        }
        assertThat(Files.exists(file(), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        var _ = Files.write(file(), new byte[0], StandardOpenOption.APPEND);
    }

    @Test
    void aFileThatWasOpenToAll_isForItsOwnerOnlyOnceItIsOpened() throws IOException {
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(file(), PLENTY)) {
            var _ = await(entryWriteAheadFile.append(List.of(entry(DAY))));
        }
        Path opened = Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        try (EntryWriteAheadFile entryWriteAheadFile = new EntryWriteAheadFile(opened, PLENTY)) {
            assertThat(entryWriteAheadFile.isEmpty()).isFalse();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened)))
                    .isEqualTo("rw-------");
        }
    }
}
