package io.passgate.http.connection;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is taken for a client's address: proxies of some networks, and nobody else. They either begin each
 * connection with a PROXY header (HAProxy's PROXY protocol, versions 1 and 2), or write the address into each request's
 * {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For}.
 *
 * @param networks where the proxies are
 * @param proxyProtocol whether each connection of theirs begins with a PROXY header; their requests' headers then say
 *     nothing
 */
public record TrustedProxies(Networks networks, boolean proxyProtocol) {
    private static final TrustedProxies NONE = new TrustedProxies(Networks.none(), false);

    /** More hops than that are not walked. */
    private static final int MAX_HOPS = 16;

    /** {@return no proxies: nobody's word is taken} */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * {@return the client's address, or the best that is known of it; null where the socket has none} Event loop.
     *
     * <p>Of several hops the last one that is no proxy of ours is taken: what stands before it is whatever the client
     * sent.
     *
     * @param request whose headers are looked at only if a proxy has sent it
     */
    public @Nullable InetAddress addressOf(HttpServerRequest request) {
        if (!(request.connection() instanceof ConnectionBase base)) {
            return null;
        }
        InetAddress socket = Peer.socketAddress(base.channel());
        if (proxyProtocol || !networks.contains(socket)) {
            Peer peer = Peer.of(base.channel());
            return peer == null || peer.counted == null ? socket : peer.counted;
        }
        InetAddress nearest = socket;
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && hops.size() - i <= MAX_HOPS; i--) {
            InetAddress hop = address(hops.get(i));
            if (hop == null) {
                return nearest;
            }
            nearest = hop;
            if (!networks.contains(hop)) {
                return hop;
            }
        }
        return nearest;
    }

    private static List<String> hops(HttpServerRequest request) {
        List<String> forwarded = request.headers().getAll("forwarded");
        return forwarded.isEmpty()
                ? elements(request.headers().getAll("x-forwarded-for"))
                : elements(forwarded).stream().map(TrustedProxies::forParameter).toList();
    }

    private static List<String> elements(List<String> lines) {
        return List.of(String.join(",", lines).split(",", -1));
    }

    /** The node of an element such as {@code for="[2001:db8::17]:4711";proto=https} (RFC 7239 section 4). */
    private static String forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            String text = pair.strip();
            if (text.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return text.substring("for=".length());
            }
        }
        return "";
    }

    /** An address, with a port or without, in quotes or not; null of anything else, such as {@code unknown}. */
    private static @Nullable InetAddress address(String node) {
        String text = node.strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            text = text.substring(1, bracket);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        return NetUtil.createInetAddressFromIpAddressString(text);
    }
}
