package dev.concord.mapping;

import dev.concord.record.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition files that tests read: a whole set without errors, and files with errors that are added to it one at a
 * time.
 */
final class Corpus {

    private static final Path FOLDER = Path.of("src", "test", "resources", "definitions");
    private static final String FAULTS = ".faults";

    private Corpus() {}

    static Map<String, String> good() {
        return texts(FOLDER.resolve("good"));
    }

    /** The files with errors; the faults of each are written in a file beside it. */
    static Map<String, String> bad() {
        Map<String, String> texts = texts(FOLDER.resolve("bad"));
        texts.keySet().removeIf(path -> path.endsWith(FAULTS));
        return texts;
    }

    /** Files as PingIDM has them, without errors: one for each key of a mapping. */
    static Map<String, String> pingIdm() {
        Map<String, String> texts = texts(FOLDER.resolve("pingidm"));
        texts.keySet().removeIf(path -> path.endsWith(FAULTS));
        return texts;
    }

    static List<String> expectedFaultsOfPingIdm() {
        return read(FOLDER.resolve("pingidm").resolve("all" + FAULTS)).lines().toList();
    }

    static List<String> expectedFaults(String path) {
        return read(FOLDER.resolve("bad").resolve(path + FAULTS)).lines().toList();
    }

    static Map<String, String> with(Map<String, String> texts, String path, String text) {
        Map<String, String> more = new TreeMap<>(texts);
        more.put(path, text);
        return more;
    }

    static Definitions load(Map<String, String> texts) {
        return DefinitionLoader.load(Sources.of(texts));
    }

    /** The errors of one file as they are printed. */
    static List<String> errors(Map<String, String> texts, String path) {
        return load(texts).errorsOf(path).stream().map(Faults::print).toList();
    }

    /** The faults of one file as they are printed, warnings included. */
    static List<String> faults(Map<String, String> texts, String path) {
        return load(texts).faults().stream()
                .filter(fault -> fault.place().file().equals(path))
                .map(Faults::print)
                .toList();
    }

    static @Nullable Object plain(String path, String text) {
        Node root = Node.read(path, text, new FaultLog(Spelling.NATIVE));
        return root == null ? null : root.plain();
    }

    /** The places of all values below the root. */
    static List<Pointer> pointers(@Nullable Object value) {
        List<Pointer> pointers = new ArrayList<>();
        collect(value, List.of(), pointers);
        return pointers;
    }

    static String schema(String name) {
        return read(Path.of("src", "main", "resources", "schema", name + ".schema.json"));
    }

    private static void collect(@Nullable Object value, List<String> above, List<Pointer> pointers) {
        if (!above.isEmpty()) {
            pointers.add(new Pointer(above));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> collect(member, append(above, String.valueOf(key)), pointers));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), append(above, Integer.toString(i)), pointers);
            }
        }
    }

    private static List<String> append(List<String> above, String token) {
        return Stream.concat(above.stream(), Stream.of(token)).toList();
    }

    private static Map<String, String> texts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> texts = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .forEach(
                            file -> texts.put(folder.relativize(file).toString().replace('\\', '/'), read(file)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
