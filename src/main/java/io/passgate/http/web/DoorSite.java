package io.passgate.http.web;

import java.util.List;

/** What belongs to the page of the door, {@code /door}. */
public final class DoorSite {
    /** What it may load and run: its own files, and pictures that it has in memory. */
    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self';"
            + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS =
            "camera=(self), fullscreen=(self), screen-wake-lock=(self), autoplay=(self),"
                    + " microphone=(), geolocation=(), payment=(), usb=()";

    /** Each is there when the gateway starts, or it does not start. */
    static final List<String> FILES = List.of(
            "door/answer-accepted.svg",
            "door/answer-none.svg",
            "door/answer-refused.svg",
            "door/answer-unknown.svg",
            "door/answer-waiting.svg",
            "door/answers.js",
            "door/camera.js",
            "door/check-ins.js",
            "door/code-worker.js",
            "door/codes.js",
            "door/device.js",
            "door/door.css",
            "door/door.js",
            "door/door.webmanifest",
            "door/hand-scanner.js",
            "door/icon.svg",
            "door/qr.js",
            "door/screen.js",
            "door/settings.js",
            "door/sounds.js",
            "door/texts.js",
            "door/token.js");

    private DoorSite() {}

    /**
     * {@return the page of the door, as the jar has it}
     *
     * @throws IllegalStateException if the jar lacks a file of it
     */
    public static WebSite read() {
        return WebSite.read(new WebSite.Plan("/door", "door/door.html", FILES, CONTENT_POLICY, PERMISSIONS));
    }
}
