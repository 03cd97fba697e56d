package io.passgate.app.os;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;

/** The calling thread, as Linux schedules it. What the system refuses is an IllegalStateException. */
final class LinuxThread {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;

    /** glibc's cpu_set_t: 1,024 cores. */
    private static final int CORES_BYTES = 128;

    /** struct sched_attr of sched_setattr(2), in its first version, and where its fields are. */
    private static final int ATTR_BYTES = 48;

    private static final long ATTR_SIZE = 0;
    private static final long ATTR_POLICY = 4;
    private static final long ATTR_RUNTIME = 24;
    private static final int SCHED_OTHER = 0;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;

    private static final MethodHandle SET_PRIORITY = function("setpriority", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle SET_AFFINITY =
            function("sched_setaffinity", FunctionDescriptor.of(INT, INT, LONG, ADDRESS));
    private static final MethodHandle GET_AFFINITY =
            function("sched_getaffinity", FunctionDescriptor.of(INT, INT, LONG, ADDRESS));
    private static final MethodHandle SYSCALL = function(
            "syscall", FunctionDescriptor.of(LONG, LONG, INT, ADDRESS, INT, INT), Linker.Option.firstVariadicArg(1));

    /** The numbers of two system calls that few C libraries have a function for. */
    private record AttributeCalls(long set, long get) {
        private static final Map<String, AttributeCalls> BY_ARCHITECTURE =
                Map.of("amd64", new AttributeCalls(314, 315), "aarch64", new AttributeCalls(274, 275));

        static AttributeCalls ofThisMachine() {
            AttributeCalls calls = BY_ARCHITECTURE.get(System.getProperty("os.arch", ""));
            if (calls == null) {
                throw new IllegalStateException("sched_setattr is not known on this architecture");
            }
            return calls;
        }
    }

    private LinuxThread() {}

    private static MethodHandle function(String name, FunctionDescriptor types, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
    }

    /** As setpriority(2); in POSIX this would be the whole process. */
    static void setNiceness(int value) {
        call("setpriority", () -> (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, CALLER, value));
    }

    /** The cores that it may run on, by their numbers. */
    static BitSet cores() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CORES_BYTES, Long.BYTES);
            call("sched_getaffinity", () -> (int) GET_AFFINITY.invokeExact(CALLER, set.byteSize(), set));
            return BitSet.valueOf(set.toArray(LONG));
        }
    }

    /** Lets it run on these cores only. */
    static void setCores(BitSet cores) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CORES_BYTES, Long.BYTES);
            long[] bits = cores.toLongArray();
            MemorySegment.copy(bits, 0, set, LONG, 0, bits.length);
            call("sched_setaffinity", () -> (int) SET_AFFINITY.invokeExact(CALLER, set.byteSize(), set));
        }
    }

    /** Gives up what it, or the thread that started it, has asked for. */
    static void resetSlice() {
        setSlice(Duration.ZERO);
    }

    /** Asks for slices of this length, and leaves a thread that somebody has made real-time as it is. */
    static void setSlice(Duration length) {
        AttributeCalls calls = AttributeCalls.ofThisMachine();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTR_BYTES, Long.BYTES);
            call("sched_getattr", () -> (int) (long) SYSCALL.invokeExact(calls.get, CALLER, attributes, ATTR_BYTES, 0));
            if (attributes.get(INT, ATTR_POLICY) != SCHED_OTHER) {
                return;
            }
            attributes.set(INT, ATTR_SIZE, ATTR_BYTES);
            attributes.set(LONG, ATTR_RUNTIME, length.toNanos());
            call("sched_setattr", () -> (int) (long) SYSCALL.invokeExact(calls.set, CALLER, attributes, 0, 0));
        }
    }

    /** A call that answers with a negative number when it is refused. */
    private interface Call {
        int make() throws Throwable;
    }

    private static void call(String name, Call call) {
        int answer;
        try {
            answer = call.make();
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable checked) {
            throw new IllegalStateException(name + " failed", checked);
        }
        if (answer < 0) {
            throw new IllegalStateException(name + " was refused");
        }
    }
}
