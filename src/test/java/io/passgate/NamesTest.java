package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A top-level type has a name of the field, and one that no other has. */
final class NamesTest {
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^(?:public |abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) (\\w+)");

    /** Words that once named a part here and need a story to be understood. */
    private static final Set<String> RETIRED = Set.of("""
            Feed Follower Relay Truth Carrier Keeper FeedWriter Position Head Known Replica Authority DirectAuthority Calls
            Coalescer Shards HeldConnection EntryRelay Spool AuditNotary OneTimeStore FallbackUses LocalUses Door DoorTerms
            Showing CheckedIn DoorStores Doors HolderMarks HolderNames Desk Clerk Application Wish Decision Standing ProofIds
            LocalProofMemory ProofStore Entry Checked Finding Lists Question Verification Submission Unaccepted Judge
            IssuerKey KeyTables KeyUse Leaves Windows Multipliers Words Grant Clients HeaderLines ForgetfulJson FaultText
            """.strip().split("\\s+"));

    private static Map<String, List<Path>> topLevelTypes(Path... folders) throws IOException {
        Map<String, List<Path>> found = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    TYPE.matcher(Files.readString(file))
                            .results()
                            .map(type -> type.group(1))
                            .forEach(name -> {
                                var _ = found.computeIfAbsent(name, first -> new ArrayList<>())
                                        .add(file);
                            });
                }
            }
        }
        return found;
    }

    private static Map<String, List<Path>> shared(Map<String, List<Path>> types) {
        Map<String, List<Path>> shared = new TreeMap<>(types);
        var _ = shared.values().removeIf(files -> files.size() == 1);
        return shared;
    }

    @Test
    void noTypeHasARetiredName_andNoTwoShareOne() throws IOException {
        Map<String, List<Path>> types = topLevelTypes(Path.of("src"), Path.of("bench"));
        assertThat(types).hasSizeGreaterThan(600);
        assertThat(types.keySet()).filteredOn(RETIRED::contains).isEmpty();
        assertThat(shared(types)).isEmpty();
    }

    @Test
    void aPlantedOne_isFound(@TempDir Path folder) throws IOException {
        for (String room : List.of("a", "b")) {
            Path file = Files.createDirectories(folder.resolve(room)).resolve("Desk.java");
            var _ = Files.writeString(file, "package " + room + ";\n\npublic final class Desk {}\n");
        }
        Map<String, List<Path>> types = topLevelTypes(folder);
        assertThat(types).containsOnlyKeys("Desk");
        assertThat(RETIRED).containsAll(types.keySet());
        assertThat(shared(types)).containsOnlyKeys("Desk");
    }
}
