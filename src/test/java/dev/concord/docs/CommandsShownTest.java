package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands and options that any page shows are those of {@code docs/commands.md}, which holds what {@code --help} says;
 * {@link SamplesIT} sees to it that it does.
 */
class CommandsShownTest {

    private static final Pattern SHOWN = Pattern.compile("\\./concord((?: +(?:'[^']*'|[^\\s`'|>)#;]+))*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    static List<Page> pages() {
        List<Page> pages = new ArrayList<>(Page.all());
        pages.add(Page.of(Path.of("jobs/README.md")));
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsShownExists(Page page) {
        Map<String, Set<String>> known = commands();
        List<String> unknown = new ArrayList<>();
        for (String line : page.lines()) {
            Matcher shown = SHOWN.matcher(line);
            while (shown.find()) {
                List<String> words = new ArrayList<>(Stream.of(shown.group(1)
                                .replaceAll("'[^']*'", "TEXT")
                                .strip()
                                .split(" +"))
                        .toList());
                if (words.getFirst().equals("--home")) {
                    words.subList(0, 2).clear();
                }
                String command = words.isEmpty() || words.getFirst().startsWith("-") ? "" : words.getFirst();
                Set<String> options = known.get(command);
                if (options == null
                        || words.stream().anyMatch(word -> OPTION.matcher(word).matches() && !options.contains(word))) {
                    unknown.add(shown.group());
                }
            }
        }
        assertThat(unknown)
                .as("commands in %s that Concord does not have", page)
                .isEmpty();
    }

    @Test
    void everyCommandIsDescribed() {
        Page page = Page.of(Path.of("docs/commands.md"));
        String help = help(page, "");
        List<String> listed = help.lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.matches("  \\w.*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();
        assertThat(listed).isNotEmpty();
        assertThat(page.anchors()).containsAll(listed);
        assertThat(commands().keySet()).containsAll(listed);
    }

    /** The options of each command; of the empty one, those of all. */
    private static Map<String, Set<String>> commands() {
        Page page = Page.of(Path.of("docs/commands.md"));
        Map<String, Set<String>> commands = new LinkedHashMap<>();
        for (Page.Block block : page.blocks("console")) {
            Matcher asked = Pattern.compile("\\$ \\./concord (\\w*) ?--help")
                    .matcher(block.lines().getFirst());
            if (asked.matches()) {
                Set<String> options = new TreeSet<>();
                Matcher option = OPTION.matcher(help(page, asked.group(1)));
                while (option.find()) {
                    options.add(option.group());
                }
                commands.put(asked.group(1), options);
            }
        }
        return commands;
    }

    private static String help(Page page, String command) {
        String typed = ("$ ./concord " + command + " --help").replace("  ", " ");
        return page.blocks("console").stream()
                .filter(block -> block.lines().getFirst().equals(typed))
                .map(block -> block.lines().stream()
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("$ "))
                        .reduce("", (a, b) -> a + b + "\n"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/commands.md does not show " + typed));
    }
}
