package dev.concord.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that may refer to secrets: {@code ${env:NAME}} and {@code ${file:PATH}} stand for the value of an environment
 * variable and the first line of a file. It is resolved at the last moment and never shows more than what was written
 * down.
 */
public final class Secret {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final String template;
    private final UnaryOperator<@Nullable String> environment;

    private Secret(String template, UnaryOperator<@Nullable String> environment) {
        this.template = template;
        this.environment = environment;
    }

    public static Secret of(String template) {
        return of(template, System::getenv);
    }

    static Secret of(String template, UnaryOperator<@Nullable String> environment) {
        return new Secret(template, environment);
    }

    /** Whether the text refers to something, rather than being the value itself. */
    public boolean isReference() {
        return REFERENCE.matcher(template).find();
    }

    /** The text as it was written, references unresolved. Show it only where {@link #isReference} holds. */
    public String template() {
        return template;
    }

    /**
     * The value. Throws {@link IllegalStateException} naming the reference, never the value, when a variable is not set
     * or a file cannot be read.
     */
    public String resolve() {
        Matcher matcher = REFERENCE.matcher(template);
        StringBuilder value = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(value, Matcher.quoteReplacement(lookUp(matcher.group(1), matcher.group(2))));
        }
        return matcher.appendTail(value).toString();
    }

    private String lookUp(String kind, String name) {
        if (kind.equals("env")) {
            String variable = environment.apply(name);
            if (variable == null) {
                throw new IllegalStateException(
                        "The environment variable " + name + " is not set; ${env:" + name + "} needs it.");
            }
            return variable;
        }
        String value;
        try (var lines = Files.lines(Path.of(name))) {
            value = lines.findFirst().orElse("");
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("The file " + name + " cannot be read; ${file:" + name + "} needs it.");
        }
        if (value.isEmpty()) {
            throw new IllegalStateException(
                    "The first line of the file " + name + " is empty; ${file:" + name + "} needs a value there.");
        }
        return value;
    }

    /** Whether both were written alike; what they resolve to is not looked at. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && template.equals(secret.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    @Override
    public String toString() {
        return isReference() ? template : "***";
    }
}
