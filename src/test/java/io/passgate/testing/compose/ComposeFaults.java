package io.passgate.testing.compose;

import io.passgate.testing.compose.ComposeService.Mount;
import io.passgate.testing.compose.ComposeService.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an engine, or a gateway in a container, would stumble over in a {@link ComposeFile}. */
final class ComposeFaults {
    private static final Pattern SECRET = Pattern.compile("/run/secrets/([A-Za-z0-9_-]+)");
    private static final Pattern PLACE = Pattern.compile("(?<![\\w./:-])/[a-z][A-Za-z0-9._/-]*");
    private static final Pattern HOST = Pattern.compile("://([a-z0-9-]+):(\\d+)");
    private static final Pattern TARGET = Pattern.compile("\"([a-z0-9-]+):(\\d+)\"");
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    /** Written by a gateway that serves, and by no other command. */
    private static final Pattern OF_SERVING = Pattern.compile("(snapshotFile|spoolFile|headFile): [^,}\\n]+");

    /** What the image has, and what every container does. */
    private static final List<String> IN_THE_IMAGE = List.of("/opt/passgate", "/run/secrets", "/tmp");

    private final ComposeFile file;
    private final List<String> faults = new ArrayList<>();

    private ComposeFaults(ComposeFile file) {
        this.file = file;
    }

    static List<String> of(ComposeFile file) throws IOException {
        return new ComposeFaults(file).all();
    }

    private List<String> all() throws IOException {
        file.unknown().forEach(key -> faults.add("unknown key " + key));
        ports();
        volumes();
        for (ComposeService service : file.services().values()) {
            dependencies(service);
            networks(service);
            String said = said(service);
            secrets(service, said);
            hosts(service, HOST, said);
            if (service.isOurs()) {
                libraries(service);
                places(
                        service,
                        service.ports().isEmpty() ? OF_SERVING.matcher(said).replaceAll("") : said);
            }
        }
        return faults;
    }

    private void ports() {
        Map<Integer, String> taken = new HashMap<>();
        for (ComposeService service : file.services().values()) {
            for (Port port : service.ports()) {
                String before = taken.putIfAbsent(port.host(), service.name());
                if (before != null) {
                    faults.add("port " + port.host() + " is " + before + "'s and " + service.name() + "'s");
                }
            }
        }
    }

    private void volumes() {
        Set<String> used = new HashSet<>();
        for (ComposeService service : file.services().values()) {
            for (Mount mount : service.mounts()) {
                mount.volume().ifPresent(used::add);
                mount.volume()
                        .filter(volume -> !file.volumes().contains(volume))
                        .ifPresent(volume -> faults.add(service.name() + ": nothing declares the volume " + volume));
                mount.path()
                        .filter(path -> !Files.exists(path))
                        .ifPresent(path -> faults.add(service.name() + ": there is no " + path));
            }
        }
        file.volumes().stream()
                .filter(volume -> !used.contains(volume))
                .forEach(volume -> faults.add("nobody uses the volume " + volume));
    }

    private void dependencies(ComposeService service) {
        service.dependsOn().forEach((name, condition) -> {
            ComposeService other = file.services().get(name);
            if (other == null) {
                faults.add(service.name() + ": depends on " + name + ", which there is not");
            } else if (!CONDITIONS.contains(condition)) {
                faults.add(service.name() + ": waits for " + name + " by an unknown condition");
            } else if (condition.equals("service_healthy") && !other.hasHealthcheck()) {
                faults.add(service.name() + ": waits for the health of " + name + ", which has no check");
            } else if (condition.equals("service_completed_successfully")
                    && !other.restart().equals("no")) {
                faults.add(service.name() + ": waits for the end of " + name + ", which is started again");
            }
        });
    }

    private void networks(ComposeService service) {
        service.networks().stream()
                .filter(network -> !file.networks().contains(network))
                .forEach(network -> faults.add(service.name() + ": nothing declares the network " + network));
    }

    /** What it is told: arguments, environment, and the files that it is given. */
    private String said(ComposeService service) throws IOException {
        StringBuilder said = new StringBuilder(String.join("\n", service.entrypoint()))
                .append('\n')
                .append(String.join("\n", service.command()))
                .append('\n')
                .append(String.join("\n", service.environment().values()))
                .append('\n');
        for (Mount mount : service.mounts()) {
            Path path = mount.path().orElse(Path.of(""));
            if (path.toString().endsWith(".yaml") && Files.isRegularFile(path)) {
                said.append(Files.readString(path).replaceAll("(?m)#.*$", ""));
            }
        }
        return said.toString();
    }

    private void secrets(ComposeService service, String said) {
        Set<String> read = new HashSet<>();
        SECRET.matcher(said)
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(read::add);
        read.stream()
                .filter(secret -> !service.secrets().contains(secret))
                .forEach(secret ->
                        faults.add(service.name() + ": reads the secret " + secret + ", which it is not given"));
        service.secrets().stream()
                .filter(secret -> !file.secrets().containsKey(secret))
                .forEach(secret -> faults.add(service.name() + ": nothing declares the secret " + secret));
    }

    private void hosts(ComposeService service, Pattern pattern, String said) {
        pattern.matcher(said)
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(host -> {
                    ComposeService other = file.services().get(host);
                    if (other == null) {
                        faults.add(service.name() + ": asks " + host + ", which is no service");
                    } else if (other.networks().stream().noneMatch(service.networks()::contains)) {
                        faults.add(service.name() + ": is in no network with " + host);
                    }
                });
    }

    private void places(ComposeService service, String said) {
        PLACE.matcher(said)
                .results()
                .map(MatchResult::group)
                .filter(place -> IN_THE_IMAGE.stream().noneMatch(there -> isBelow(place, there)))
                .filter(place -> service.mounts().stream().noneMatch(mount -> isBelow(place, mount.target())))
                .forEach(place -> faults.add(service.name() + ": nothing is mounted at " + place));
    }

    /** Native libraries are taken out of their jars into {@code /tmp}; without them all is slower, and nobody says so. */
    private void libraries(ComposeService service) {
        if (service.tmpfs().stream().noneMatch(place -> place.matches("/tmp:(.*,)?exec(,.*)?"))) {
            faults.add(service.name() + ": no library can be loaded from /tmp");
        }
    }

    private static boolean isBelow(String place, String folder) {
        return place.equals(folder) || place.startsWith(folder + "/");
    }

    /** What Prometheus is told to scrape and cannot: only a gateway, at this port, has something to say. */
    static List<String> ofTargets(ComposeFile file, String prometheus, int managementPort) {
        ComposeFaults faults = new ComposeFaults(file);
        ComposeService scraping = file.services().get("prometheus");
        List<MatchResult> targets = TARGET.matcher(prometheus).results().toList();
        faults.hosts(scraping, TARGET, prometheus);
        for (MatchResult target : targets) {
            if (Integer.parseInt(target.group(2)) != managementPort) {
                faults.faults.add(target.group() + " is not the management port");
            }
        }
        file.services().values().stream()
                .filter(service -> service.isOurs() && !service.ports().isEmpty())
                .filter(gateway ->
                        targets.stream().noneMatch(target -> target.group(1).equals(gateway.name())))
                .forEach(gateway -> faults.faults.add("nobody scrapes " + gateway.name()));
        return faults.faults;
    }
}
