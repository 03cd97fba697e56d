package io.passgate;

import io.passgate.cli.ExtraCommand;
import io.passgate.cli.Main;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of {@code passgate} that a text names, held to those that there are. */
final class CommandMentions {
    private static final Pattern COMMAND = Pattern.compile("(?:^|[ /])passgate((?: (?!&&)[^ #;]+)*)");

    /** What every command takes. */
    private static final Set<String> USUAL = Set.of("-h", "--help", "-V", "--version");

    private final CommandLine commands = new CommandLine(new Main());

    /** What was named, and with which options. */
    private final Map<String, Set<String>> named = new TreeMap<>();

    private final List<String> wrong = new ArrayList<>();

    CommandMentions() {
        ServiceLoader.load(ExtraCommand.class).forEach(commands::addSubcommand);
    }

    /** Takes in the commands of one piece of code. */
    void add(String code) {
        COMMAND.matcher(code)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(this::addWords);
    }

    private void addWords(String text) {
        List<String> words = Arrays.stream(text.split(" ", -1))
                .map(word -> word.replaceAll("[\\[\\](),|]", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        CommandLine command = commands;
        int next = 0;
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                break;
            }
            command = below;
            next++;
        }
        List<String> rest = words.subList(next, words.size());
        String name = command.getCommandSpec().qualifiedName();
        if (!command.getSubcommands().isEmpty() && rest.stream().anyMatch(word -> !word.startsWith("-"))) {
            wrong.add("there is no command " + name + " " + rest.getFirst());
        }
        Set<String> options = named.computeIfAbsent(name, first -> new TreeSet<>());
        for (String word : rest) {
            String option = word.split("=", 2)[0];
            if (option.startsWith("--") && !USUAL.contains(option) && options.add(option)) {
                if (!options(command).contains(option)) {
                    wrong.add(name + " has no option " + option);
                }
            }
        }
    }

    /** Commands and options that there are not. */
    List<String> wrong() {
        return wrong;
    }

    /** Commands, with their options, that were named. */
    Map<String, Set<String>> named() {
        Map<String, Set<String>> leaves = new TreeMap<>(named);
        leaves.keySet().retainAll(all().keySet());
        return leaves;
    }

    /** Commands, with their options, that there are; those that only hold others are left out. */
    Map<String, Set<String>> all() {
        Map<String, Set<String>> all = new TreeMap<>();
        addLeaves(commands, all);
        return all;
    }

    private static void addLeaves(CommandLine command, Map<String, Set<String>> all) {
        if (command.getSubcommands().isEmpty()) {
            var _ = all.put(command.getCommandSpec().qualifiedName(), options(command));
        }
        command.getSubcommands().values().forEach(below -> addLeaves(below, all));
    }

    private static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(Arrays.asList(option.names()));
        }
        names.removeAll(USUAL);
        return names;
    }

    /** The exit codes that the help lists. */
    Set<String> exitCodes() {
        return commands.getCommandSpec().usageMessage().exitCodeList().keySet();
    }
}
