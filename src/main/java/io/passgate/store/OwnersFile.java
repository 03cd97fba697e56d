package io.passgate.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner reads or writes (mode 0600). */
public final class OwnersFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Logger LOG = System.getLogger(OwnersFile.class.getName());

    private OwnersFile() {}

    /**
     * Opens a file. One that is made here is its owner's from the start; one that is there keeps its mode.
     *
     * @param file in a file system that has POSIX permissions
     * @param options as {@link FileChannel#open(Path, OpenOption...)} takes them
     * @return the channel, for the caller to close
     * @throws IOException if it cannot be opened or made
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /**
     * Takes a file that is there away from all others; where that is not allowed it is said, and the file is used all
     * the same.
     *
     * @param file passed over if it is not there, or no regular file
     */
    public static void restrict(Path file) {
        try {
            if (Files.isRegularFile(file)
                    && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                var _ = Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (IOException refused) {
            LOG.log(Level.WARNING, "others can read {0}: its mode cannot be changed", file);
        }
    }
}
