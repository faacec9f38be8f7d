package dev.concord.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, cut into what tests look at. Line numbers begin at 1. */
record Page(Path path, List<String> lines) {

    private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.\\w+)`:");

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     * @param file the file whose content this is, which the line before names; empty for none
     * @param line of its first line of text
     */
    record Block(String language, String file, int line, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /** A table; {@code heading} is the section it stands in. */
    record Table(String heading, List<String> titles, List<List<String>> rows) {}

    static Page of(Path path) {
        try {
            return new Page(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README and all pages below {@code docs/}. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(path -> path.toString().endsWith(".md")).sorted())
                    .map(Page::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String said = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                Matcher file = FILE.matcher(said);
                blocks.add(new Block(
                        line.substring(3), file.matches() ? file.group(1) : "", i + 2, lines.subList(i + 1, end)));
                i = end;
                said = "";
            } else if (!line.isBlank()) {
                said = line;
            }
        }
        return blocks;
    }

    List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        String heading = "";
        List<String> prose = prose();
        for (int i = 0; i < prose.size(); i++) {
            if (prose.get(i).startsWith("#")) {
                heading = prose.get(i).replaceFirst("^#+ ", "");
            }
            if (prose.get(i).startsWith("|")) {
                int end = i;
                while (end < prose.size() && prose.get(end).startsWith("|")) {
                    end++;
                }
                List<List<String>> rows =
                        prose.subList(i, end).stream().map(Page::cells).toList();
                tables.add(new Table(heading, rows.getFirst(), rows.subList(2, rows.size())));
                i = end - 1;
            }
        }
        return tables;
    }

    /** The only table of a section. */
    Table table(String heading) {
        List<Table> found = tables().stream()
                .filter(table -> table.heading().equals(heading))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    path + " has " + found.size() + " tables below the heading '" + heading + "', not one.");
        }
        return found.getFirst();
    }

    /** The lines with the text of fenced blocks left empty, so that line numbers stay. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            prose.add(fenced || fence ? "" : line);
            fenced = fence != fenced;
        }
        return prose;
    }

    /** The anchors of the headings, as GitHub makes them. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }
}
