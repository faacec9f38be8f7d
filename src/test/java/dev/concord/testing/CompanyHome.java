package dev.concord.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A home folder with the sample company's {@code jobs/}, copied so that a test may change it. */
public record CompanyHome(Path folder) {

    /** A fresh copy of the project's own {@code jobs/} in a folder, which is made if need be. */
    public static CompanyHome in(Path folder) {
        copy(Path.of("jobs"), folder.resolve("jobs"));
        return new CompanyHome(folder);
    }

    /** Everything in this home as it is now, in another folder. */
    public CompanyHome copyTo(Path other) {
        copy(folder, other);
        return new CompanyHome(other);
    }

    /** The names of the mappings, which are those of their files. */
    public List<String> mappings() {
        try (Stream<Path> files = Files.list(folder.resolve("jobs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a key of a mapping, such as {@code taskThreads}, whether the file has it or not. */
    public void set(String mapping, String key, int value) {
        Path file = folder.resolve("jobs").resolve(mapping + ".yaml");
        String line = key + ": " + value;
        String text = read(file);
        Matcher present = Pattern.compile("(?m)^" + Pattern.quote(key) + ":.*$").matcher(text);
        write(file, present.find() ? present.replaceFirst(line) : text.stripTrailing() + "\n" + line + "\n");
    }

    /** Puts one text in the place of another, which must be in the file exactly once. */
    public void replace(String file, String before, String after) {
        Path path = folder.resolve(file);
        String text = read(path);
        int at = text.indexOf(before);
        if (before.isEmpty() || at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalArgumentException("This text is not in " + file + " exactly once: " + before);
        }
        write(path, text.substring(0, at) + after + text.substring(at + before.length()));
    }

    public void append(String file, String text) {
        Path path = folder.resolve(file);
        write(path, read(path) + text);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            FileSystemUtils.copyRecursively(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
