package io.passgate.http.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * One file as it is sent.
 *
 * @param mediaType of its content
 * @param plain its bytes
 * @param gzip the same by gzip (RFC 1952)
 */
public record WebFile(String mediaType, Buffer plain, Buffer gzip) {
    private static final String FOLDER = "/web/";

    static WebFile of(String name, byte[] content) {
        return new WebFile(mediaType(name), Buffer.buffer(content), Buffer.buffer(compressed(content)));
    }

    /** The content of a file of the class path: one of ours by its name, that of a library by its whole path. */
    static byte[] read(String name) {
        String path = name.startsWith("/") ? name : FOLDER + name;
        try (InputStream in = WebFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "webmanifest" -> "application/manifest+json";
            default -> throw new IllegalArgumentException("no media type is known for " + name);
        };
    }

    /**
     * {@return bytes by gzip (RFC 1952)}
     *
     * @param content the bytes, which are only read
     */
    public static byte[] compressed(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    /**
     * {@return whether a client takes gzip (RFC 9110 section 12.5.3); one that says nothing of it does not}
     *
     * @param acceptEncoding the header's value, empty without it
     */
    public static boolean takesGzip(String acceptEncoding) {
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", 2);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0{0,3})?");
            }
        }
        return false;
    }
}
