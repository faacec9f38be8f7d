package dev.concord.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameters that an operation takes beside {@code _action}. All others are refused before anything is done, so
 * that nobody who misspells one starts what they did not want.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {
    String[] value() default {};

    /** Those that may be given several times. */
    String[] several() default {};

    /** Whether it looks into the body. If not, one that says something is refused. */
    boolean body() default false;
}
