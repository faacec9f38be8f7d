package dev.concord.testing;

import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A document that says what an answer looks like: the names of its members, all of them, and the types of their values.
 * {@code "<string>"}, {@code "<number>"}, {@code "<boolean>"}, {@code "<object>"}, {@code "<list>"}, {@code "<time>"}
 * and {@code "<any>"} stand for values of a type, {@code "<string?>"} also for null, {@code {"<each>": x}} for an
 * object whose members are all like x. A member {@code "..."} says that there may be others. The last element of a list
 * stands for all that follow, at least one. All other values stand for themselves.
 */
public record GoldenDocument(Object wanted) {

    public static GoldenDocument of(String name) {
        try {
            return new GoldenDocument(
                    Json.read(Files.readString(Path.of("src/test/resources/golden", name + ".json"))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How an answer differs; empty when it does not. */
    public List<String> differences(@Nullable Object answer) {
        List<String> differences = new ArrayList<>();
        compare("", wanted, answer, differences);
        return differences;
    }

    private static void compare(String at, @Nullable Object wanted, @Nullable Object got, List<String> differences) {
        boolean alike = switch (wanted) {
            case Map<?, ?> map
            when map.containsKey("<each>") -> {
                if (got instanceof Map<?, ?> members) {
                    members.forEach((name, value) -> compare(at + "/" + name, map.get("<each>"), value, differences));
                }
                yield got instanceof Map<?, ?>;
            }
            case Map<?, ?> map
            when got instanceof Map<?, ?> members -> {
                Set<Object> names = new TreeSet<>(map.keySet());
                boolean open = names.remove("...");
                if (open
                        ? !members.keySet().containsAll(names)
                        : !members.keySet().equals(names)) {
                    differences.add(
                            at + " has the members " + new TreeSet<>(members.keySet()) + ", wanted are " + names);
                }
                map.forEach((name, value) -> {
                    if (members.containsKey(name)) {
                        compare(at + "/" + name, value, members.get(name), differences);
                    }
                });
                yield true;
            }
            case List<?> list
            when got instanceof List<?> elements && !list.isEmpty() && !elements.isEmpty() -> {
                for (int i = 0; i < elements.size(); i++) {
                    compare(at + "/" + i, list.get(Math.min(i, list.size() - 1)), elements.get(i), differences);
                }
                yield true;
            }
            case String text -> isAlike(text, got);
            case null -> got == null;
            default -> wanted.equals(got);
        };
        if (!alike) {
            differences.add(at + " is " + Json.write(got) + ", wanted is " + Json.write(wanted));
        }
    }

    private static boolean isAlike(String wanted, @Nullable Object got) {
        return switch (wanted) {
            case "<string>" -> got instanceof String;
            case "<string?>" -> got == null || got instanceof String;
            case "<number>" -> got instanceof Number;
            case "<boolean>" -> got instanceof Boolean;
            case "<list>" -> got instanceof List<?>;
            case "<object>" -> got instanceof Map<?, ?>;
            case "<time>" ->
                got instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            case "<any>" -> true;
            default -> wanted.equals(got);
        };
    }
}
