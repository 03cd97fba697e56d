package io.passgate.cli;

import io.passgate.cli.option.UsageException;
import io.passgate.cli.sample.SampleCommand;
import io.passgate.cli.scan.ScanCommand;
import io.passgate.policy.file.InvalidPolicyFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code passgate}. */
@Command(
        name = "passgate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Verifies signed QR payloads.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it did what was asked",
            "1:it failed, or part of the input could not be read; the error says which",
            "2:the command line, the configuration or a file it names is wrong",
            "69:no Java 25 was found",
            "70:a gateway ended itself, since it could not work any more, and is to be started again"
        },
        footer = {"", "Each command has its own --help."},
        subcommands = {
            ServeCommand.class,
            InitCommand.class,
            VerifyCommand.class,
            ScanCommand.class,
            SampleCommand.class,
            SizeCommand.class,
            SignersCommand.class,
            RevocationsCommand.class,
            TokenCommand.class,
            KeysCommand.class,
            ProofCommand.class,
            AuditCommand.class,
            FeedCommand.class,
            SecretsCommand.class
        })
public final class Main implements Runnable {
    /** What a command returns whose threads go on after it. */
    public static final int KEEPS_RUNNING = -1;

    /** An error is one line. */
    private static final Collector<CharSequence, ?, String> JOINED = Collectors.joining(" ");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command by itself, without those below it. */
    public Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param arguments the command, its options and parameters
     */
    public static void main(String[] arguments) {
        int exitCode = commandLine(arguments).execute(arguments);
        if (exitCode != KEEPS_RUNNING) {
            System.exit(exitCode);
        }
    }

    /**
     * The command line with the command that the arguments begin with, or else with every command that is on the class
     * path: to look through all their options takes longer than many a command does.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine commands = (arguments.length == 0 ? Optional.<Class<?>>empty() : named(arguments[0]))
                .map(Main::only)
                .orElseGet(Main::all);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr()
                    .println("passgate: "
                            + message(exception).lines().map(String::strip).collect(JOINED));
            return isOfTheCaller(exception) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        return commands;
    }

    /** A command of this jar, by its class's name. */
    private static Optional<Class<?>> named(String command) {
        return Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
                .filter(type -> type.getSimpleName().equalsIgnoreCase(command + "Command"))
                .filter(type -> type.getAnnotation(Command.class).name().equals(command))
                .findFirst();
    }

    private static CommandLine only(Class<?> command) {
        CommandSpec passgate = CommandSpec.create()
                .name(Main.class.getAnnotation(Command.class).name());
        return new CommandLine(passgate).addSubcommand(command);
    }

    private static CommandLine all() {
        CommandLine commands = new CommandLine(new Main());
        for (ExtraCommand extra : ServiceLoader.load(ExtraCommand.class)) {
            commands.addSubcommand(extra);
        }
        return commands;
    }

    /** A wrong option, or a file that it names. */
    private static boolean isOfTheCaller(Exception exception) {
        return exception instanceof UsageException
                || exception instanceof FileSystemException
                || exception instanceof InvalidPolicyFile;
    }

    private static String message(Exception exception) {
        String text = exception.getMessage();
        if (exception instanceof NoSuchFileException) {
            return "no such file or folder: " + text;
        }
        if (exception instanceof AccessDeniedException) {
            return "not allowed to read " + text;
        }
        return text == null ? exception.getClass().getSimpleName() : text;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
