package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Version;
import java.net.URL;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds every library to the first version in which a fault that was published for it is mended. Who adds a library
 * looks its advisories up and adds a row.
 */
final class AdvisoriesTest {
    private static final String HTTP = "netty-codec-http";
    private static final String HTTP_CLASS = "io/netty/handler/codec/http/HttpObjectDecoder.class";
    private static final String HTTP2 = "netty-codec-http2";
    private static final String HTTP2_CLASS = "io/netty/handler/codec/http2/Http2ConnectionHandler.class";
    private static final String EPOLL = "netty-transport-native-epoll";
    private static final String EPOLL_LIBRARY = "META-INF/native/libnetty_transport_native_epoll_x86_64.so";

    /** A version as the name of a jar has it, between the library's name and a classifier. */
    private static final Pattern VERSION =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)*)(?:\\.Final)?(?:-[a-z0-9_-]+)?\\.jar");

    /** @param resource by which the library is found on the class path */
    private record Advisory(String id, String library, String resource, String firstSafe) {
        boolean isMendedIn(String version) {
            return Version.parse(version).compareTo(Version.parse(firstSafe)) >= 0;
        }
    }

    private static Stream<Advisory> advisories() {
        return Stream.of(
                new Advisory("CVE-2026-42581", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("CVE-2026-42585", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("CVE-2026-50020", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("Netty #16721 (desync)", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("chunk size beyond 2^32", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("Netty #16579 (chunk extensions)", HTTP, HTTP_CLASS, "4.2.18"),
                new Advisory("GHSA-pvjx-v7vp-62vq", "netty-transport", "io/netty/channel/Channel.class", "4.2.18"),
                new Advisory("GHSA-pvjx-v7vp-62vq", "netty-buffer", "io/netty/buffer/ByteBuf.class", "4.2.18"),
                new Advisory("CVE-2026-42577", EPOLL, EPOLL_LIBRARY, "4.2.18"),
                new Advisory(
                        "CVE-2026-42577",
                        "netty-transport-classes-epoll",
                        "io/netty/channel/epoll/EpollSocketChannel.class",
                        "4.2.18"),
                new Advisory("CVE-2026-33870", HTTP, HTTP_CLASS, "4.2.12"),
                new Advisory("CVE-2026-33871", HTTP2, HTTP2_CLASS, "4.2.12"),
                new Advisory("CVE-2025-58056", HTTP, HTTP_CLASS, "4.2.12"),
                new Advisory("CVE-2025-55163", HTTP2, HTTP2_CLASS, "4.2.12"),
                new Advisory("CVE-2026-6860", "vertx-core", "io/vertx/core/Vertx.class", "5.0.12"),
                new Advisory("CVE-2026-42198", "postgresql", "org/postgresql/Driver.class", "42.7.14"),
                new Advisory("CVE-2026-54291", "postgresql", "org/postgresql/Driver.class", "42.7.14"),
                new Advisory("CVE-2026-5588", "bcprov-jdk18on", "org/bouncycastle/crypto/Signer.class", "1.87"),
                new Advisory(
                        "CVE-2026-5588",
                        "bcpkix-jdk18on",
                        "org/bouncycastle/cert/X509CertificateHolder.class",
                        "1.87"));
    }

    @TestFactory
    Stream<DynamicTest> noLibraryIsOlderThanItsFirstSafeVersion() {
        return advisories()
                .map(advisory -> DynamicTest.dynamicTest(advisory.id() + " in " + advisory.library(), () -> {
                    String version = resolved(advisory);
                    assertThat(advisory.isMendedIn(version))
                            .as(
                                    "%s: %s %s, first safe is %s",
                                    advisory.id(), advisory.library(), version, advisory.firstSafe())
                            .isTrue();
                }));
    }

    @Test
    void versionsAreComparedAsNumbers() {
        Advisory advisory = new Advisory("", HTTP, HTTP_CLASS, "4.2.18");
        assertThat(advisory.isMendedIn("4.2.9")).isFalse();
        assertThat(advisory.isMendedIn("4.2.17")).isFalse();
        assertThat(advisory.isMendedIn("4.2.18")).isTrue();
        assertThat(advisory.isMendedIn("4.2.100")).isTrue();
        assertThat(advisory.isMendedIn("4.10.0")).isTrue();
    }

    /** The version of the jar that the class path has, which is what Maven resolved. */
    private static String resolved(Advisory advisory) {
        URL place = AdvisoriesTest.class.getClassLoader().getResource(advisory.resource());
        assertThat(place).as("%s on the class path", advisory.library()).isNotNull();
        String path = String.valueOf(place);
        String jar = path.substring(0, path.indexOf('!'));
        String name = jar.substring(jar.lastIndexOf('/') + 1);
        assertThat(name).startsWith(advisory.library() + "-");
        Matcher version = VERSION.matcher(name.substring(advisory.library().length() + 1));
        assertThat(version.matches()).as(name).isTrue();
        return version.group(1);
    }
}
