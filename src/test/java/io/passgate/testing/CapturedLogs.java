package io.passgate.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged while it is open, at every level for our own packages. */
public final class CapturedLogs extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Logger own = Logger.getLogger("io.passgate");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public CapturedLogs() {
        setLevel(Level.ALL);
        setFormatter(new SimpleFormatter());
        own.setLevel(Level.ALL);
        root.addHandler(this);
    }

    /** Messages with their stack traces. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(getFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        own.setLevel(null);
    }
}
