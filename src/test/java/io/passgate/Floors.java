package io.passgate;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A house by its rooms: each package has a row and sees only those that it names, which stand above it. */
final class Floors {
    static final String ROOT = "io.passgate";

    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?(io\\.passgate\\.([a-z0-9.]+)\\.[A-Z].*);");

    private final Map<String, Set<String>> maySee = new LinkedHashMap<>();
    private final List<String> wrongRows = new ArrayList<>();

    private Floors() {}

    /** Of rows such as {@code trust <- crypto model}; an indented line goes on with the row before it. */
    static Floors of(String rows) {
        Floors floors = new Floors();
        rows.replaceAll("\\n +", " ")
                .lines()
                .map(row -> row.split(" <- ", 2))
                .forEach(row -> floors.add(row[0], row.length == 1 ? List.of() : List.of(row[1].split(" +"))));
        return floors;
    }

    private void add(String name, List<String> seen) {
        for (String one : seen) {
            if (!maySee.containsKey(one)) {
                wrongRows.add(name + " names " + one + ", which has no row above it");
            }
        }
        if (maySee.put(name, Set.copyOf(seen)) != null) {
            wrongRows.add(name + " has two rows");
        }
    }

    /** What is wrong with the rows themselves: one way down, so that no cycle can be. */
    List<String> wrongRows() {
        return wrongRows;
    }

    /** That a type of one package names what is in another one. */
    record Use(String from, String type, String to, String what) {}

    /** What compiled classes name, and each of them itself. */
    static List<Use> uses(Iterable<JavaClass> classes) {
        List<Use> uses = new ArrayList<>();
        for (JavaClass type : classes) {
            uses.add(use(type, type));
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT + ".")) {
                    uses.add(use(type, target));
                }
            }
        }
        return uses;
    }

    private static Use use(JavaClass type, JavaClass target) {
        return new Use(
                name(type.getPackageName()), type.getSimpleName(), name(target.getPackageName()), target.getName());
    }

    private static String name(String packageName) {
        return packageName.startsWith(ROOT + ".") ? packageName.substring(ROOT.length() + 1) : packageName;
    }

    /** What the sources below the folder of {@link #ROOT} import: of a constant the compiler leaves no trace. */
    static List<Use> imports(Path sources) throws IOException {
        List<Use> uses = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String from = sources.relativize(file.getParent()).toString().replace('/', '.');
                String type = file.getFileName().toString().replace(".java", "");
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(found -> new Use(from, type, found.group(2), found.group(1)))
                        .forEach(uses::add);
            }
        }
        return uses;
    }

    /** The packages that have a row. */
    Set<String> names() {
        return maySee.keySet();
    }

    /** The packages that have none. */
    Set<String> withoutRow(List<Use> uses) {
        return uses.stream()
                .map(Use::from)
                .filter(name -> !maySee.containsKey(name))
                .collect(Collectors.toSet());
    }

    /** What is not to be seen from where it is. */
    Set<String> violations(List<Use> uses) {
        return uses.stream()
                .filter(use -> !use.from().equals(use.to())
                        && !maySee.getOrDefault(use.from(), Set.of()).contains(use.to()))
                .map(use -> use.type() + " of " + use.from() + " sees " + use.what())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Rows of packages that there are not, or that name one which nothing of theirs sees. */
    Set<String> needless(List<Use> compiled, List<Use> imported) {
        Set<String> needless = new TreeSet<>();
        maySee.forEach((name, seen) -> {
            needless.add(name);
            seen.forEach(one -> needless.add(name + " sees " + one));
        });
        Stream.concat(compiled.stream(), imported.stream()).forEach(use -> {
            var _ = needless.remove(use.from());
            var _ = needless.remove(use.from() + " sees " + use.to());
        });
        return needless;
    }

    /** Folders below this one that hold more Java files than may be, with their number. */
    static Map<String, Integer> crowded(Path sources, int most) throws IOException {
        Map<String, Integer> crowded = new TreeMap<>();
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    int count = (int) files.filter(file -> file.toString().endsWith(".java"))
                            .count();
                    if (count > most) {
                        var _ = crowded.put(sources.relativize(folder).toString(), count);
                    }
                }
            }
        }
        return crowded;
    }
}
