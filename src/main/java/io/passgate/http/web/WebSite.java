package io.passgate.http.web;

import io.passgate.model.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page and its files: a table in memory that is read once. There is no path into a file system that could be left, and
 * no cache that could grow. Any thread.
 *
 * <p>All files are below one path with the hash of all of them in it: they refer to each other by their plain names, and
 * are kept for good. The page itself is asked for anew each time, by its ETag.
 */
public final class WebSite {
    /** What the files of a site are kept for. */
    public static final String FOR_GOOD = "public, max-age=31536000, immutable";

    /** The page is kept, and asked for each time whether it is still the same. */
    public static final String ASK_AGAIN = "no-cache";

    /** Above all files of a site; followed by {@link #version}. */
    public static final String FILES = "/web/";

    /** Where a page names the folder of its files. */
    private static final String FOLDER_MARK = "{{files}}";

    private static final int HASH_BYTES = 10;

    private final Plan plan;
    private final Map<String, WebFile> files = new HashMap<>();
    private final String version;
    private final WebFile page;
    private final String pageTag;

    /**
     * What belongs to a site. Files are named below {@code /web/} of the class path, or by their path in a {@link WebJar},
     * and are served by the last part of their names.
     *
     * @param path of the page, by which it is asked for
     * @param page the file that is the page
     * @param files that it loads
     * @param contentPolicy what it may load and run (Content Security Policy Level 3)
     * @param permissions what of the device it may use (Permissions Policy)
     */
    public record Plan(String path, String page, List<String> files, String contentPolicy, String permissions) {
        /** Copies the list. */
        public Plan {
            files = List.copyOf(files);
        }
    }

    private WebSite(Plan plan) {
        this.plan = plan;
        MessageDigest all = Digests.sha256();
        for (String name : plan.files) {
            byte[] content = WebFile.read(name);
            all.update((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
            all.update(content);
            if (files.put(name.substring(name.lastIndexOf('/') + 1), WebFile.of(name, content)) != null) {
                throw new IllegalStateException("two files are served as one: " + name);
            }
        }
        version = HexFormat.of().formatHex(all.digest(), 0, HASH_BYTES);
        byte[] text = new String(WebFile.read(plan.page), StandardCharsets.UTF_8)
                .replace(FOLDER_MARK, FILES + version)
                .getBytes(StandardCharsets.UTF_8);
        page = WebFile.of(plan.page, text);
        pageTag = '"' + HexFormat.of().formatHex(Digests.sha256().digest(text), 0, HASH_BYTES) + '"';
    }

    /**
     * {@return the site, as the class path has it}
     *
     * @param plan what belongs to it
     * @throws IllegalStateException if a file is missing
     */
    public static WebSite read(Plan plan) {
        return new WebSite(plan);
    }

    /** {@return the path of the page} */
    public String path() {
        return plan.path;
    }

    /** {@return the page, with the names of its files in it} */
    public WebFile page() {
        return page;
    }

    /** {@return the page's strong tag with its quotes (RFC 9110 section 8.8.3)} */
    public String pageTag() {
        return pageTag;
    }

    /**
     * {@return a file; empty if there is none of that name, or not in that version}
     *
     * @param ofVersion the hash in the path
     * @param name the last part of the path
     */
    public Optional<WebFile> file(String ofVersion, String name) {
        return version.equals(ofVersion) ? Optional.ofNullable(files.get(name)) : Optional.empty();
    }

    /** {@return its files by their paths, as a page asks for them} */
    public Map<String, WebFile> files() {
        Map<String, WebFile> byPath = new HashMap<>();
        files.forEach((name, file) -> byPath.put(FILES + version + '/' + name, file));
        return byPath;
    }

    /** {@return the headers that go with the page and each of its files, by their names} */
    public Map<String, String> guards() {
        return Map.of(
                "content-security-policy", plan.contentPolicy,
                "permissions-policy", plan.permissions,
                "referrer-policy", "no-referrer",
                "cross-origin-opener-policy", "same-origin",
                "cross-origin-resource-policy", "same-origin");
    }
}
