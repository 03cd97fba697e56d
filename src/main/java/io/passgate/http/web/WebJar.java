package io.passgate.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the files of a library for browsers lie: in a folder of its version, which its jar tells. */
public final class WebJar {
    private WebJar() {}

    /**
     * {@return the path of a file on the class path}
     *
     * @param group of the jar
     * @param artifact of the jar, and the name of the library
     * @param file below the library's folder
     * @throws IllegalStateException if there is no such jar
     */
    public static String path(String group, String artifact, String file) {
        return "/META-INF/resources/webjars/" + artifact + '/' + version(group, artifact) + '/' + file;
    }

    private static String version(String group, String artifact) {
        String told = "/META-INF/maven/" + group + '/' + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = WebJar.class.getResourceAsStream(told)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + told);
            }
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }
}
