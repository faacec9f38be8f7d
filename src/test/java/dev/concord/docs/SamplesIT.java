package dev.concord.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.concord.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * Does what the pages tell readers to do, and compares what Concord answers with what the pages say it does. The
 * samples of a page are one story: files (a block behind a line like {@code `jobs/x.yaml`:}) are written and console
 * blocks are typed in their order, in a folder that looks like a fresh clone. Ids of runs, times and rates may differ.
 *
 * <p>What the README shows is typed into a shell. On other pages commands that need none are done in this process,
 * which takes a fifth of the time.
 *
 * <p>With {@code -Dconcord.docs.write=true} the pages get the answers instead.
 */
class SamplesIT {

    private static final Path LAUNCHER = Path.of("concord").toAbsolutePath();
    private static final Pattern RUN = Pattern.compile("\\b[0-9a-f]{8}\\b");

    /** What is different each time. Words of it, so that what stands around it still counts. */
    private static final Map<Pattern, String> CHANGING = changing();

    /** A command of Concord in words that mean the same without a shell. */
    private static final Pattern PLAIN =
            Pattern.compile("\\./concord((?: +(?:[\\w.,/:=-]+|\"[^\"$`\\\\]*\"|'[^']*'))+)");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^ ]+)");

    @TempDir
    private Path clone;

    private boolean inShell;

    static List<Page> pages() {
        return Page.all().stream()
                .filter(page -> !page.blocks("console").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatThePageShowsIsWhatHappens(Page page) throws Exception {
        inShell = page.path().endsWith("README.md");
        Path link = Files.createSymbolicLink(clone.resolve("concord"), LAUNCHER);
        FileSystemUtils.copyRecursively(Path.of("jobs"), clone.resolve("jobs"));
        List<String> rewritten = new ArrayList<>(page.lines());
        Map<String, String> runs = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Page.Block block : page.blocks()) {
            if (!block.file().isEmpty()) {
                Path file = clone.resolve(block.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text());
            } else if (block.language().equals("console")) {
                List<String> answered = typed(block, runs);
                if (!constant(answered).equals(constant(block.lines()))) {
                    wrong.add("line " + block.line() + " is\n\n" + String.join("\n", answered) + "\n");
                }
                int added = rewritten.size() - page.lines().size();
                List<String> place = rewritten.subList(
                        block.line() - 1 + added,
                        block.line() - 1 + added + block.lines().size());
                place.clear();
                place.addAll(answered);
            }
        }
        Files.delete(link);
        if (!wrong.isEmpty() && Boolean.getBoolean("concord.docs.write")) {
            Files.write(page.path(), rewritten);
        } else if (!wrong.isEmpty()) {
            fail(page + ": what happens at " + String.join("and at ", wrong));
        }
    }

    /** What a terminal shows after the commands of a block were typed. */
    private List<String> typed(Page.Block block, Map<String, String> runs) throws Exception {
        List<String> shown = new ArrayList<>();
        List<String> documented = new ArrayList<>();
        for (int i = 0; i < block.lines().size(); i++) {
            String line = block.lines().get(i);
            assertThat(i > 0 || line.startsWith("$ "))
                    .as("%s begins with a command", block)
                    .isTrue();
            if (line.startsWith("$ ")) {
                documented.clear();
                block.lines().stream()
                        .skip(i + 1L)
                        .takeWhile(l -> !l.startsWith("$ "))
                        .forEach(documented::add);
                String command =
                        RUN.matcher(line.substring(2)).replaceAll(id -> runs.getOrDefault(id.group(), id.group()));
                String answer = answer(command);
                remember(runs, String.join("\n", documented), answer);
                shown.add("$ " + command);
                answer.lines().forEach(shown::add);
            }
        }
        return shown;
    }

    private String answer(String command) throws IOException, InterruptedException {
        List<String> words = words(command);
        // Names of files mean those in the folder where a command is typed.
        boolean typed =
                inShell || words.isEmpty() || words.stream().anyMatch(word -> Files.exists(clone.resolve(word)));
        String answer = typed ? shellAnswer(command) : ownAnswer(command, words);
        return answer.replaceAll("(?m)[ ]+$", "");
    }

    /** The arguments of a command that needs no shell; empty for others. */
    private static List<String> words(String command) {
        Matcher plain = PLAIN.matcher(command);
        return plain.matches()
                ? WORD.matcher(plain.group(1))
                        .results()
                        .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
                        .toList()
                : List.of();
    }

    private String ownAnswer(String command, List<String> words) {
        Terminal.Said said = Terminal.type(clone, words.toArray(String[]::new));
        assertThat(said.err()).as(command).doesNotContain("fault of Concord");
        return said.out();
    }

    private String shellAnswer(String command) throws IOException, InterruptedException {
        Path out = clone.resolve("out.txt");
        Path err = clone.resolve("err.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command)
                .directory(clone.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        bash.environment().keySet().removeIf(name -> name.startsWith("CONCORD_") || name.startsWith("SPRING_"));
        bash.environment().put("CONCORD_HOME", clone.toString());
        bash.environment().put("LC_ALL", "C.UTF-8");
        bash.start().waitFor();
        assertThat(Files.readString(err, UTF_8)).as(command).doesNotContain("fault of Concord", "command not found");
        return Files.readString(out, UTF_8);
    }

    /** The first run that an answer tells of is the first one that the page tells of there. */
    private static void remember(Map<String, String> runs, String documented, String answer) {
        Matcher written = RUN.matcher(documented);
        Matcher actual = RUN.matcher(answer);
        while (written.find() && actual.find()) {
            runs.putIfAbsent(written.group(), actual.group());
        }
    }

    private static List<String> constant(List<String> lines) {
        return lines.stream().map(SamplesIT::constant).toList();
    }

    private static String constant(String line) {
        String constant = line;
        for (Map.Entry<Pattern, String> changing : CHANGING.entrySet()) {
            constant = changing.getKey().matcher(constant).replaceAll(changing.getValue());
        }
        return constant;
    }

    private static Map<Pattern, String> changing() {
        Map<Pattern, String> changing = new LinkedHashMap<>();
        Stream.of(
                        "\\b[0-9a-f]{8}-[0-9a-f-]{27}(?![0-9a-f-])=RUN",
                        "\\b[0-9a-f]{8}\\b=RUN",
                        "\\b[0-9a-f]{64}\\b=HASH",
                        "(in|after) [0-9.]+ (s|min [0-9]+ s)=$1 TIME",
                        "[0-9,.]+ records/s=RATE",
                        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?=MOMENT",
                        "file:/\\S*=file:HOME",
                        "(Approved|Denied) by [^,:]+=$1 by SOMEBODY",
                        "(undo of \\w+) by [^)]+=$1 by SOMEBODY",
                        " +[0-9.]+ s  =  TIME  ",
                        " +[0-9.]+ s$=  TIME",
                        "(\"(?:min|max|mean|sum|stdDev|duration)\" : )[0-9]+=$1TIME")
                .forEach(rule -> changing.put(
                        Pattern.compile(rule.substring(0, rule.lastIndexOf('='))),
                        rule.substring(rule.lastIndexOf('=') + 1)));
        return changing;
    }
}
