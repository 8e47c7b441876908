package io.tollgate.usageapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One stack for all tests of the JVM, stopped after the last; empty books before each. */
final class StackExtension implements ParameterResolver, BeforeEachCallback {
    private static final Namespace OURS = Namespace.create(StackExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        stack(context).emptyTheBooks();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == UsageApiStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stack(context);
    }

    private static UsageApiStack stack(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(UsageApiStack.class, type -> start(), UsageApiStack.class);
    }

    private static UsageApiStack start() {
        try {
            return new UsageApiStack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
