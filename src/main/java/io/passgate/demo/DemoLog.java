package io.passgate.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** A file that takes what the gateways log, so that the terminal shows the story alone. Any thread. */
final class DemoLog extends StreamHandler {
    private DemoLog(OutputStream file, Formatter formatter) {
        super(file, formatter);
        setLevel(Level.ALL);
    }

    /** Has everything that is logged from now on go to {@code file}, which begins anew, and nothing to the terminal. */
    static void to(Path file) throws IOException {
        DemoFolder.write(file, "");
        Logger root = Logger.getLogger("");
        Formatter formatter = new SimpleFormatter();
        for (Handler handler : root.getHandlers()) {
            formatter = handler.getFormatter();
            root.removeHandler(handler);
        }
        root.addHandler(new DemoLog(Files.newOutputStream(file), formatter));
    }

    @Override
    public synchronized void publish(LogRecord record) {
        super.publish(record);
        flush();
    }
}
