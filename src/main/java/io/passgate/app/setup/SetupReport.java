package io.passgate.app.setup;

import java.util.function.Consumer;

/** Tells people what was made and what was there, a line each. For one thread. */
final class SetupReport {
    private final Consumer<String> lines;
    private int made;

    SetupReport(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Something was not there, and is now. */
    void made(String what, String text) {
        made++;
        lines.accept(what + ": " + text);
    }

    /** Something stays as it is. */
    void kept(String what, String text) {
        lines.accept(what + ": " + text);
    }

    void end() {
        lines.accept(
                switch (made) {
                    case 0 -> "done: nothing was changed";
                    case 1 -> "done: 1 thing was made";
                    default -> "done: " + made + " things were made";
                });
    }
}
