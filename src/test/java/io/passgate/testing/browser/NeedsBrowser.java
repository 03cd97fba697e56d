package io.passgate.testing.browser;

import io.passgate.Tools;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test, or a class of them, that runs in a {@link TestBrowser}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tools.Needed(value = TestBrowser.CHROMIUM, as = "browser")
public @interface NeedsBrowser {}
