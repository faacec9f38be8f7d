package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import dev.concord.record.Json;
import dev.concord.script.GraalScripts;
import dev.concord.script.Objects;
import dev.concord.script.ScriptLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the pages say of filters and of the sandbox of scripts. */
class LanguagePagesTest {

    private static final Page FILTERS = Page.of(Path.of("docs/filters.md"));
    private static final Page SCRIPTS = Page.of(Path.of("docs/scripts.md"));
    private static final GraalScripts ENGINE = new GraalScripts();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void filtersMatchAsTheTableSays() {
        String prose = String.join(" ", FILTERS.prose());
        int start = prose.indexOf("`{\"name\"") + 1;
        Map<String, Object> object = Json.readObject(prose.substring(start, prose.indexOf('`', start)));
        List<List<String>> rows = FILTERS.table("What does it mean?").rows();
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(Filter.parse(code(row.get(0))).matches(object) ? "yes" : "no")
                        .as(row.get(0))
                        .isEqualTo(row.get(1)));
    }

    @Test
    void otherFiltersOfThePageParse() {
        List<String> filters = new ArrayList<>();
        for (String line : FILTERS.prose()) {
            String[] parts = line.split("`", -1);
            for (int i = 1; i < parts.length; i += 2) {
                if (parts[i].matches("(?s).+ (eq|in|pr)\\b.*")) {
                    filters.add(parts[i]);
                }
            }
        }
        assertThat(filters).hasSizeGreaterThan(15).allSatisfy(Filter::parse);
    }

    @Test
    void everyHookIsListed() {
        TreeSet<String> hooks =
                Arrays.stream(Hook.values()).map(Hook::key).collect(Collectors.toCollection(TreeSet::new));
        String page = String.join("\n", SCRIPTS.prose());
        assertThat(hooks).allSatisfy(hook -> assertThat(page).contains("`" + hook + "`"));
    }

    @Test
    void openidmHasWhatIsListedAndNothingElse() {
        TreeSet<String> documented = SCRIPTS.table("What is in scope besides?").rows().stream()
                .map(row -> row.getFirst().replaceAll("`|\\(.*", ""))
                .filter(name -> name.startsWith("openidm."))
                .map(name -> name.substring("openidm.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(run("Object.keys(openidm).sort()")).isEqualTo(List.copyOf(documented));
    }

    @Test
    void secretsAreHandledByFunctionsThatAreThere() {
        List<String> calls = Page.of(Path.of("docs/secrets.md")).table("What can scripts do?").rows().stream()
                .flatMap(row -> Arrays.stream(row.getFirst().split(", `|^`")))
                .filter(call -> call.startsWith("openidm."))
                .map(call -> call.substring(0, call.indexOf('(')))
                .toList();
        assertThat(calls)
                .hasSize(6)
                .allSatisfy(call -> assertThat(run("typeof " + call)).as(call).isEqualTo("function"));
    }

    @Test
    void namesThatAreNotThereAreNotThere() {
        Matcher names = Pattern.compile("these names are not there: (.*?)\\.(?: |$)")
                .matcher(String.join(" ", SCRIPTS.prose()));
        assertThat(names.find()).isTrue();
        List<String> listed = List.of(names.group(1).replace("`", "").split(", "));
        assertThat(listed)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(run("typeof " + name)).as(name).isEqualTo("undefined"));
    }

    @Test
    void limits() {
        ScriptLimits limits = ScriptLimits.DEFAULT;
        assertThat(SCRIPTS.table("What may a script use?").rows().stream()
                        .map(row -> Long.parseLong(row.get(1).replace(",", ""))))
                .containsExactly(
                        limits.statements(),
                        limits.time().toSeconds(),
                        (long) limits.depth(),
                        limits.allocation() >> 20,
                        (long) limits.textLength(),
                        (long) limits.elements(),
                        (long) limits.objectCalls(),
                        (long) limits.logLines());
    }

    private static Object run(String text) {
        return ENGINE.run(new ScriptSource(text, null, Map.of(), new Place("page.md", 1, "")), Map.of(), new Nothing());
    }

    private static String code(String cell) {
        return cell.substring(1, cell.length() - 1);
    }

    /** A world without objects. */
    private static final class Nothing implements Objects {
        @Override
        public Map<String, Object> read(String path) {
            return null;
        }

        @Override
        public Found query(String objectSet, Map<String, Object> parameters) {
            return new Found(List.of(), null);
        }

        @Override
        public Map<String, Object> create(String objectSet, String id, Map<String, Object> content) {
            return content;
        }

        @Override
        public Map<String, Object> update(String path, String revision, Map<String, Object> content) {
            return content;
        }

        @Override
        public Map<String, Object> delete(String path, String revision) {
            return null;
        }
    }
}
