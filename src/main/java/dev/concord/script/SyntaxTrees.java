package dev.concord.script;

import dev.concord.record.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of scripts into syntax trees, without running them. The parser is acorn, itself a script, which works
 * in a context that can do nothing else. It is started by the first text, which takes about a second; no run of a
 * mapping needs it. For one thread.
 */
public final class SyntaxTrees implements AutoCloseable {

    private static final int LONGEST = 200_000;

    /** A tree takes some fifty times the room of its text. */
    private static final ScriptLimits LIMITS = new ScriptLimits(
            200_000_000, Duration.ofSeconds(60), 10_000, 1L << 30, 64_000_000, 1_000_000, 10_000_000, 0, 0);

    private static final String HOME = "META-INF/resources/webjars/acorn/";

    /** Places are cut down to lines: the whole of them makes up most of a tree. */
    private static final String READER = """
            (function (text) {
              var tree = acorn.parse(text, {
                ecmaVersion: 'latest', locations: true, allowReturnOutsideFunction: true, allowHashBang: true
              });
              return JSON.stringify(tree, function (key, value) {
                if (key === 'loc') {
                  return value.start.line;
                }
                return (key === 'start' || key === 'end') && typeof value === 'number' ? undefined : value;
              });
            })
            """;

    private final Map<String, Optional<SyntaxNode>> known = new HashMap<>();
    private @Nullable Engine engine;
    private @Nullable Value reader;

    /** The tree of a script; empty when its text is no JavaScript, or longer or nested deeper than is looked into. */
    public Optional<SyntaxNode> read(String script) {
        return known.computeIfAbsent(script, this::parse);
    }

    private Optional<SyntaxNode> parse(String script) {
        if (script.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return tree(Json.read(reader().execute(script).asString()));
        } catch (PolyglotException e) {
            if (e.isCancelled() || e.isResourceExhausted()) {
                close();
            }
            return Optional.empty();
        } catch (IllegalArgumentException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Optional<SyntaxNode> tree(@Nullable Object json) {
        return convert(json) instanceof SyntaxNode node ? Optional.of(node) : Optional.empty();
    }

    private static @Nullable Object convert(@Nullable Object json) {
        return switch (json) {
            case Map<?, ?> map
            when map.get("type") instanceof String type -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                map.forEach((key, value) -> members.put(String.valueOf(key), convert(value)));
                yield new SyntaxNode(type, map.get("loc") instanceof Number line ? line.intValue() : 0, members);
            }
            case List<?> list -> list.stream().map(SyntaxTrees::convert).toList();
            case null, default -> json;
        };
    }

    private Value reader() {
        if (reader == null) {
            engine = Engine.newBuilder("js")
                    .option("engine.WarnInterpreterOnly", "false")
                    .build();
            Context context = ScriptContexts.open(engine, LIMITS);
            context.eval(Source.newBuilder("js", parser(), "acorn.js").buildLiteral());
            reader = context.eval("js", READER);
        }
        return reader;
    }

    private static String parser() {
        Properties made = new Properties();
        try (InputStream in = resource("META-INF/maven/org.webjars.npm/acorn/pom.properties")) {
            made.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (InputStream in = resource(HOME + made.getProperty("version") + "/dist/acorn.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        InputStream in = SyntaxTrees.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is missing in this build.");
        }
        return in;
    }

    /** Gives back what the engine holds; it starts anew when another text is read. */
    @Override
    public void close() {
        reader = null;
        if (engine != null) {
            engine.close(true);
            engine = null;
        }
    }
}
