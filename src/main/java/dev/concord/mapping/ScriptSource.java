package dev.concord.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script as text, with the variables its definition adds ({@code globals} and extra keys of a script object) and the
 * place it was written at. {@code file} is the script file relative to {@code jobs/}, or null when the text stands in
 * the definition itself.
 */
public record ScriptSource(String text, @Nullable String file, Map<String, @Nullable Object> globals, Place place) {}
