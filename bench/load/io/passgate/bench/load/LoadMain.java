package io.passgate.bench.load;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs the {@code main} of the class that is named first, with the other arguments. If it fails the process ends, also
 * where servers in it still have threads: nobody waits for a measurement that has failed.
 */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        try {
            Object _ = Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException failed) {
            failed.getCause().printStackTrace();
            System.exit(1);
        }
    }
}
