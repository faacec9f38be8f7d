package dev.concord.script.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The methods that the page about scripts calls plain are those that are. */
class PlainMethodsPageTest {

    private static final Set<String> UNTOLD = Set.of("toString");

    @Test
    void thePageNamesTheMethodsOfTexts() throws IOException {
        assertThat(named("of texts")).isEqualTo(told(TextMethods.ALL.keySet()));
    }

    @Test
    void thePageNamesTheMethodsOfLists() throws IOException {
        assertThat(named("of lists")).isEqualTo(told(ListMethods.ALL.keySet()));
    }

    private static Set<String> told(Set<String> methods) {
        Set<String> told = new TreeSet<>(methods);
        told.removeAll(UNTOLD);
        told.add("length");
        return told;
    }

    private static Set<String> named(String whose) throws IOException {
        String page = Files.readString(Path.of("docs", "scripts.md"));
        int from = page.indexOf("- " + whose + ": ");
        String names = page.substring(from, page.indexOf("`length`", from) + "`length`".length());
        Set<String> named = new TreeSet<>();
        Pattern.compile("`(\\w+)`").matcher(names).results().forEach(match -> named.add(match.group(1)));
        return named;
    }
}
