package io.passgate.http.management;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One connection with its one request and its one answer. One thread uses it. */
final class Exchange {
    private static final int USUAL_BYTES = 512;
    private static final byte[] END = RequestHead.END.getBytes(StandardCharsets.ISO_8859_1);

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;
    private int sent;
    private boolean isHead;
    private State state = State.READING;

    private long deadlineNs;

    private enum State {
        /** The request's head is to come. */
        READING,
        /** The answer is being made. */
        WAITING,
        /** The answer goes out. */
        WRITING,
        /** The answer is out, and the client is to close: a reset could cost it the answer. */
        LINGERING
    }

    Exchange(SocketChannel channel, Selector selector, long deadlineNs) throws IOException {
        this.channel = channel;
        this.deadlineNs = deadlineNs;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isReading() {
        return state == State.READING;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isLingering() {
        return state == State.LINGERING;
    }

    boolean isOver(long nowNs) {
        return nowNs - deadlineNs >= 0;
    }

    /**
     * Reads what is there. Who says no more may still wait for the answer.
     *
     * @param buffer direct, so that the system needs no memory of its own
     * @return the request's head, once it is whole
     * @throws IOException if there is nothing more to come
     */
    Optional<RequestHead> read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            if (state != State.WAITING) {
                throw new IOException("the client has gone");
            }
            key.interestOps(0);
        }
        if (state != State.READING) {
            return Optional.empty();
        }
        buffer.flip();
        int before = length;
        int taken = Math.min(buffer.remaining(), RequestHead.MAX_BYTES - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + taken));
        }
        buffer.get(bytes, length, taken);
        length += taken;
        int end = end(Math.max(0, before - END.length + 1));
        if (end > 0) {
            state = State.WAITING;
            isHead = startsWith("HEAD ");
            return Optional.of(RequestHead.read(bytes, end));
        }
        if (length == RequestHead.MAX_BYTES) {
            state = State.WAITING;
            return Optional.of(new RequestHead.Wrong("the request's head is longer than 8,192 bytes"));
        }
        return Optional.empty();
    }

    private int end(int from) {
        for (int i = from; i + END.length <= length; i++) {
            if (Arrays.equals(bytes, i, i + END.length, END, 0, END.length)) {
                return i + END.length;
            }
        }
        return 0;
    }

    private boolean startsWith(String text) {
        byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
        return length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** Begins to send the answer. */
    void answer(ManagementAnswer managementAnswer, ByteBuffer buffer, long lingerUntilNs) throws IOException {
        bytes = managementAnswer.bytes(!isHead);
        length = bytes.length;
        state = State.WRITING;
        write(buffer, lingerUntilNs);
    }

    /** Sends what the client takes now. */
    void write(ByteBuffer buffer, long lingerUntilNs) throws IOException {
        while (sent < length) {
            buffer.clear().put(bytes, sent, Math.min(buffer.capacity(), length - sent));
            buffer.flip();
            int whole = buffer.remaining();
            int written = channel.write(buffer);
            sent += written;
            if (written < whole) {
                key.interestOps(SelectionKey.OP_WRITE);
                return;
            }
        }
        channel.shutdownOutput();
        key.interestOps(SelectionKey.OP_READ);
        state = State.LINGERING;
        deadlineNs = lingerUntilNs;
    }

    void giveUntil(long laterNs) {
        deadlineNs = laterNs;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed all the same.
        }
    }
}
