package io.passgate.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a configuration names outside itself, before anything of a gateway starts: addresses, files, folders
 * and secrets. What is wrong is told by its key, and never by what a file holds.
 */
public final class StartCheck {
    private final Config config;
    private final Path relativeTo;

    private StartCheck(Config config, Path relativeTo) {
        this.config = config;
        this.relativeTo = relativeTo;
    }

    /**
     * Looks once.
     *
     * @param config what is looked at
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws InvalidConfig that names the first key that is wrong
     */
    public static void check(Config config, Path relativeTo) throws InvalidConfig {
        StartCheck check = new StartCheck(config, relativeTo);
        try {
            check.addresses();
            check.stores();
            check.lists();
            check.secrets();
            var _ = config.http().tls(relativeTo);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfig(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * Makes what a key of the configuration names: where it cannot be used, that is the configuration's fault.
     *
     * @param <T> what it is
     * @param made how it is made
     * @return what was made
     * @throws InvalidConfig if it cannot be used
     */
    public static <T> T configured(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfig(String.valueOf(wrong.getMessage()));
        } catch (UncheckedIOException spool) {
            throw new InvalidConfig("entryLog.spoolFile: " + spool.getMessage());
        }
    }

    /** A host that is a name may be the address of another, which only a look tells. */
    private void addresses() {
        List<ListeningPort> ports = config.listeningPorts();
        Map<String, InetAddress> byHost = new HashMap<>();
        for (ListeningPort port : ports) {
            if (!byHost.containsKey(port.host())) {
                var _ = byHost.put(port.host(), ownAddress(port.hostKey(), port.host()));
            }
        }
        ListeningPort.checkApart(ports, host -> Optional.ofNullable(byHost.get(host)));
    }

    private static InetAddress ownAddress(String key, String host) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(key + ": " + host + " cannot be resolved", unknown);
        }
        try (ServerSocket any = new ServerSocket(0, 1, address)) {
            return any.getInetAddress();
        } catch (IOException foreign) {
            throw new IllegalArgumentException(key + ": " + host + " is no address of this machine", foreign);
        }
    }

    private void stores() {
        if (config.isShared()) {
            var _ = config.database().settings(relativeTo);
            var _ = config.redis().settings(relativeTo);
        }
    }

    private void lists() {
        for (String source : config.trust().sources()) {
            Path place = relativeTo.resolve(source);
            if (!Files.isRegularFile(place) && !Files.isDirectory(place)) {
                throw new IllegalArgumentException("trust.sources: " + place + " is neither a file nor a folder");
            }
        }
        written("snapshotFile", config.snapshotFile());
        written("entryLog.spoolFile", config.entryLog().spoolFile());
        written("audit.headFile", config.audit().headFile());
    }

    /** A file that the gateway makes where it is not there: no folder, and in one. */
    private void written(String key, String configured) {
        NamedFile.path(configured, relativeTo).ifPresent(file -> {
            if (Files.isDirectory(file)) {
                throw new IllegalArgumentException(key + ": " + file + " is a folder");
            }
            Path folder = nearest(file.toAbsolutePath().getParent());
            if (folder != null && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(key + ": " + folder + " is a file, and no folder");
            }
        });
    }

    private static @Nullable Path nearest(@Nullable Path folder) {
        Path there = folder;
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        return there;
    }

    private void secrets() {
        var _ = config.audit().key(relativeTo);
        IssuingConfig issuing = config.issuing();
        if (issuing.isOn()) {
            var _ = issuing.pepper(relativeTo);
        }
        issuing.place(relativeTo).ifPresent(place -> {
            var _ = NamedFile.password("issuing.keystorePasswordFile", place.passwordFile());
            if (Files.isDirectory(place.keystore())) {
                throw new IllegalArgumentException("issuing.keystore: " + place.keystore() + " is a folder");
            }
        });
    }
}
