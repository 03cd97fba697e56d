package io.passgate.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A program as a process of its own, with a folder for what it keeps and for its log; started and killed as often as
 * wanted. It ends with this JVM at the latest. One thread.
 */
public final class ServerProcess implements AutoCloseable {
    /** For a program that will not run as root: it is another user within, and owns what root owns. */
    private static final List<String> NOT_ROOT =
            List.of("unshare", "-U", "--map-user=postgres", "--map-group=postgres");

    /**
     * In a session of its own it shares the cores as if with other machines (sched(7), the autogroup feature): what
     * has little weight there has it beside its own threads only, not beside all that a rehearsal runs.
     */
    private static final List<String> OF_ITS_OWN = List.of("setsid");

    private static final int FIRST_PORT = 12_000;
    private static final int PORTS = 10_000;

    /** A node of Redis Cluster talks to others at the port so much above its own. */
    private static final int CLUSTER_BUS = 10_000;

    /** Another one in each JVM. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private static final Duration ENDING = Duration.ofSeconds(20);
    private static final int POLL_MS = 20;

    private final String name;
    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Orphans orphans;
    private final Thread atExit = new Thread(this::destroy);
    private Optional<Process> running = Optional.empty();
    private boolean isRegistered;

    /** Processes that it has started, and that go on without it. */
    interface Orphans {
        Stream<ProcessHandle> find() throws IOException;
    }

    /**
     * One that has not been started.
     *
     * @param name of its log, which is in {@code folder}
     * @param environment beside this JVM's
     */
    public ServerProcess(String name, Path folder, Map<String, String> environment, List<String> command) {
        this(name, folder, environment, command, Stream::empty);
    }

    ServerProcess(String name, Path folder, Map<String, String> environment, List<String> command, Orphans orphans) {
        this.name = name;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.command = List.copyOf(command);
        this.orphans = orphans;
    }

    /** The command that has {@code command} run as somebody who is not root. */
    public static List<String> asNobodySpecial(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        return Stream.concat(NOT_ROOT.stream(), command.stream()).toList();
    }

    /**
     * A port of 127.0.0.1 that is free, and so is the one 10,000 above it. Both lie below those that Linux gives to
     * whoever connects, and none is told twice: between being told and being listened at nobody else takes it.
     */
    public static int freePort() {
        while (true) {
            int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            if (isFree(port) && isFree(port + CLUSTER_BUS)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Starts it, and returns at once. */
    public void start() throws IOException {
        Files.createDirectories(folder);
        if (!isRegistered) {
            Runtime.getRuntime().addShutdownHook(atExit);
            isRegistered = true;
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(OF_ITS_OWN.stream(), command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        running = Optional.of(builder.start());
    }

    /** What it has written to its outputs, over all its starts. */
    public Path log() {
        return folder.resolve(name + ".log");
    }

    public boolean isAlive() {
        return running.map(Process::isAlive).orElse(false);
    }

    public long pid() {
        return running.orElseThrow().pid();
    }

    /** Waits until it does what it was started for; fails as soon as it has ended. */
    public void awaitReady(Duration patience, Condition isReady) throws IOException, InterruptedException {
        await(name + " is ready, see " + log(), patience, () -> {
            if (!isAlive()) {
                throw new IOException(name + " has ended, see " + log());
            }
            return isReady.holds();
        });
    }

    /** What is waited for. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits until something is so, and fails when that takes too long. */
    static void await(String what, Duration patience, Condition condition) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Ends it as a loss of its machine would (SIGKILL), with all that it has started. */
    public void kill() throws IOException, InterruptedException {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            await(name + " ends", ENDING, () -> !process.isAlive());
        }
        running = Optional.empty();
    }

    private List<ProcessHandle> all() throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        running.map(Process::toHandle).ifPresent(process -> addWithChildren(all, process));
        orphans.find().forEach(orphan -> addWithChildren(all, orphan));
        return all;
    }

    private static void addWithChildren(List<ProcessHandle> all, ProcessHandle process) {
        all.add(process);
        process.descendants().forEach(all::add);
    }

    private void destroy() {
        try {
            all().forEach(ProcessHandle::destroyForcibly);
        } catch (IOException unknown) {
            running.ifPresent(Process::destroyForcibly);
        }
    }

    /** Asks it to stop (SIGTERM), and kills it where it does not within so long. */
    public void stop(Duration patience) throws IOException, InterruptedException {
        if (running.isPresent()) {
            running.get().destroy();
            var _ = running.get().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        kill();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        if (isRegistered) {
            var _ = Runtime.getRuntime().removeShutdownHook(atExit);
            isRegistered = false;
        }
    }
}
