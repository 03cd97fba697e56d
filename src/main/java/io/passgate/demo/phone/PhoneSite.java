package io.passgate.demo.phone;

import io.passgate.http.web.WebSite;
import java.util.List;

/** What belongs to the page of the phone, {@code /phone}. */
final class PhoneSite {
    static final String PATH = "/phone";

    /** What it may load and run: its own files, and QR codes that it has in memory. */
    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

    static final List<String> FILES = List.of(
            "phone/backend.js",
            "phone/device-key.js",
            "phone/icon.svg",
            "phone/language.js",
            "phone/pass-on-screen.js",
            "phone/phone.css",
            "phone/phone.js",
            "phone/texts.js",
            "phone/wallet.js");

    private PhoneSite() {}

    static WebSite read() {
        return WebSite.read(new WebSite.Plan(PATH, "phone/phone.html", FILES, CONTENT_POLICY, PERMISSIONS));
    }
}
