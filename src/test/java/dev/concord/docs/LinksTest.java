package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages point to is there. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`");

    private static final Pattern SIMPLE_CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFilesAndHeadingsThatExist(Page page) {
        List<String> broken = new ArrayList<>();
        for (String line : page.prose()) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                if (!link.group(1).contains("://") && !leadsSomewhere(page, link.group(1))) {
                    broken.add(link.group(1));
                }
            }
        }
        assertThat(broken).as("links of %s that lead nowhere", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void classesThatAreNamedExist(Page page) {
        List<String> unknown = new ArrayList<>();
        for (String line : page.prose()) {
            Matcher name = CLASS.matcher(line);
            while (name.find()) {
                String path = "dev/concord/" + name.group(1).replace('.', '/') + ".java";
                if (!Files.exists(Path.of("src/main/java", path)) && !Files.exists(Path.of("src/test/java", path))) {
                    unknown.add(name.group(1));
                }
            }
        }
        assertThat(unknown)
                .as("classes that %s names and that do not exist", page)
                .isEmpty();
    }

    @Test
    void theArchitectureNamesEveryRoomAndOnlyClassesThatExist() throws IOException {
        Page page = Page.of(Path.of("docs/architecture.md"));
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/dev/concord"))) {
            assertThat(page.table("The rooms").rows().stream()
                            .map(row -> row.getFirst().replace("`", "")))
                    .containsExactlyInAnyOrderElementsOf(rooms.filter(Files::isDirectory)
                            .map(room -> room.getFileName().toString())
                            .toList());
        }
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            List<String> known = sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            assertThat(page.prose().stream()
                            .flatMap(line -> SIMPLE_CLASS.matcher(line).results())
                            .map(name -> name.group(1)))
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void everyPageCanBeReachedFromTheReadme() {
        Page readme = Page.of(Path.of("README.md"));
        assertThat(Page.all().stream().filter(page -> !page.path().equals(readme.path())))
                .allSatisfy(
                        page -> assertThat(readme.lines()).anyMatch(line -> line.contains("(" + page.path() + ")")));
    }

    private static boolean leadsSomewhere(Page page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path folder = page.path().toAbsolutePath().getParent();
        Path target = file.isEmpty() ? page.path() : folder.resolve(file).normalize();
        return Files.exists(target) && (hash < 0 || Page.of(target).anchors().contains(link.substring(hash + 1)));
    }
}
