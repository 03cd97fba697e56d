package io.passgate.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** One run of the command line: what it said and how it ended. */
record Cli(int exitCode, String out, String err) {

    static Cli run(String... arguments) {
        return run("".getBytes(StandardCharsets.UTF_8), arguments);
    }

    /** Runs with these bytes as the standard input. */
    static Cli run(byte[] input, String... arguments) {
        InputStream before = System.in;
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            System.setIn(new ByteArrayInputStream(input));
            CommandLine commands = Main.commandLine(arguments);
            commands.setOut(new PrintWriter(out));
            commands.setErr(new PrintWriter(err));
            int exitCode = commands.execute(arguments);
            return new Cli(exitCode, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
