package io.passgate.web;

import java.nio.charset.Charset;
import org.teavm.model.AccessLevel;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/**
 * Gives TeaVM's {@link Charset} the method {@code isSupported}, which ZXing asks and TeaVM lacks. A part of the build,
 * and of no page.
 */
public final class SupportedCharsets implements ClassHolderTransformer {
    private static final MethodDescriptor IS_SUPPORTED =
            new MethodDescriptor("isSupported", String.class, boolean.class);

    /** Creates the transformer, as TeaVM does. */
    public SupportedCharsets() {}

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (type.getName().equals(Charset.class.getName()) && type.getMethod(IS_SUPPORTED) == null) {
            MethodHolder method = new MethodHolder(IS_SUPPORTED);
            method.setLevel(AccessLevel.PUBLIC);
            var _ = method.getModifiers().add(ElementModifier.STATIC);
            ProgramEmitter program = ProgramEmitter.create(method, context.getHierarchy());
            program.invoke(KnownCharsets.class, "areSupported", boolean.class, program.var(1, String.class))
                    .returnValue();
            type.addMethod(method);
        }
    }
}
