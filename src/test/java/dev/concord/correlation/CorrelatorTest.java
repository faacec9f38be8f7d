package dev.concord.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterShape;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.ScriptSource;
import dev.concord.mapping.Sources;
import dev.concord.projection.Projection;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.script.Conditions;
import dev.concord.script.Objects;
import dev.concord.script.Scripts;
import dev.concord.testing.MemoryObjectSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelatorTest {

    private static final String TYPE = """
            name: %s
            attributes:
              mail: {type: string}
              login: {type: string}
              number: {type: integer}
              active: {type: boolean}
            """;

    private static final String MAPPING = """
            name: staff
            source: managed/employee
            target: managed/person
            correlation: %s
            properties:
              - {target: mail, source: mail}
              - {target: login, source: login, transform: source.toUpperCase()}
              - {target: number, source: number}
              - {target: active, source: active}
            """;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    "ada@example.com"               | ada, list, tabs
                    " ADA@Example.com"              | ada, list, tabs
                    "\\u00a0Ada@example.com\\r\\n"  | ada, list, tabs
                    "ada@ example.com"              | ``
                    "bob@example.com"               | ``
                    """)
    void targetsAreFoundHoweverTheValueIsSpelledOnEitherSide(String mail, String expected) {
        Correlator correlator = correlator("{any: [mail], normalize: [trim, lower]}", """
                {"_id": "ada", "mail": "ada@example.com"}
                {"_id": "tabs", "mail": "\\tADA@EXAMPLE.COM "}
                {"_id": "list", "mail": ["x@example.com", "Ada@example.com"]}
                {"_id": "other", "mail": "ada@example.org"}
                {"_id": "none"}
                """);

        assertThat(answer(correlator, "{\"mail\": " + mail + "}"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(", ")));
    }

    @Test
    void withoutNormalizationsEveryCharacterCounts() {
        Correlator correlator = correlator("{any: [mail]}", """
                {"_id": "exact", "mail": "Ada"}
                {"_id": "lower", "mail": "ada"}
                {"_id": "blank", "mail": "Ada "}
                """);

        assertThat(answer(correlator, "{\"mail\": \"Ada\"}")).containsExactly("exact");
    }

    @Test
    void theNormalizationsAreDoneInTheOrderOfTheFile() {
        String targets = "{\"_id\": \"h\", \"mail\": \"h\"}";

        assertThat(answer(correlator("{any: [mail], normalize: [nfkc, lower]}", targets), "{\"mail\": \"\\u210c\"}"))
                .containsExactly("h");
        assertThat(answer(correlator("{any: [mail], normalize: [lower, nfkc]}", targets), "{\"mail\": \"\\u210c\"}"))
                .isEmpty();
    }

    @Test
    void theValueThatTheRowGivesIsNormalizedAfterItsTransform() {
        Correlator correlator =
                correlator("{any: [login], normalize: [lower]}", "{\"_id\": \"ada\", \"login\": \"Ada\"}");

        assertThat(answer(correlator, "{\"login\": \"ada\"}")).containsExactly("ada");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    {"mail": ""}
                    {"mail": " \\u00a0\\t"}
                    {"mail": null}
                    {"mail": []}
                    {}
                    """)
    void aValueThatIsEmptyThenMatchesNothing(String source) {
        Correlator correlator = correlator("{any: [mail], normalize: [trim]}", """
                {"_id": "blank", "mail": " "}
                {"_id": "empty", "mail": ""}
                {"_id": "null", "mail": null}
                {"_id": "none"}
                """);

        assertThat(answer(correlator, source)).isEmpty();
    }

    @Test
    void valuesThatAreNoStringsAreComparedAsTheyAre() {
        Correlator correlator = correlator("{any: [number, active], normalize: [trim]}", """
                {"_id": "number", "number": 7.0}
                {"_id": "text", "number": " 7"}
                {"_id": "truth", "active": true}
                """);

        assertThat(answer(correlator, "{\"number\": 7}")).containsExactly("number");
        assertThat(answer(correlator, "{\"active\": true}")).containsExactly("truth");
        assertThat(answer(correlator, "{\"number\": \"7 \"}")).containsExactly("text");
    }

    @Test
    void normalizationsHoldInEveryPartOfAnExpression() {
        Correlator correlator = correlator("{any: [mail, {all: [login, number]}], normalize: [trim, lower]}", """
                {"_id": "mail", "mail": " A"}
                {"_id": "both", "login": "Ada", "number": 7}
                {"_id": "half", "login": "Ada", "number": 8}
                """);

        assertThat(answer(correlator, "{\"mail\": \"a\", \"login\": \"ada \", \"number\": 7}"))
                .containsExactlyInAnyOrder("mail", "both");
        assertThat(answer(correlator, "{\"login\": \"ada \", \"number\": 9}")).isEmpty();
    }

    @Test
    void theQuestionsOfAPageAreOfOneShapeAndAnsweredInTheirOrder() {
        StringBuilder targets = new StringBuilder();
        IntStream.range(0, 500)
                .forEach(i -> targets.append("{\"_id\": \"t%d\", \"mail\": \"Mail%d \"}\n".formatted(i, i)));
        Correlator correlator = correlator("{any: [mail], normalize: [trim, lower]}", targets.toString());

        List<Question> questions = IntStream.range(0, 1000)
                .mapToObj(i -> correlator.question(scope("{\"mail\": \"MAIL%d\"}".formatted(i))))
                .toList();
        List<List<Resource>> answers = correlator.answers(questions);

        assertThat(questions)
                .extracting(question -> FilterShape.of(filter(question)).toString())
                .containsOnly("lower(trim(/mail)) eq ?");
        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i)).extracting(Resource::id).isEqualTo(i < 500 ? List.of("t" + i) : List.of());
        }
    }

    @Test
    void aQuestionAdmitsATargetThatNobodyHasWrittenYet() {
        Question question =
                correlator("{any: [mail], normalize: [trim, lower]}", "").question(scope("{\"mail\": \"Ada \"}"));

        assertThat(question.admits(new Resource("new", null, Map.of("mail", " aDa"))))
                .isTrue();
        assertThat(question.admits(new Resource("new", null, Map.of("mail", "bob"))))
                .isFalse();
    }

    private static List<String> answer(Correlator correlator, String source) {
        return correlator.answers(List.of(correlator.question(scope(source)))).getFirst().stream()
                .map(Resource::id)
                .toList();
    }

    private static Filter filter(Question question) {
        return ((Question.Matching) question).filter();
    }

    private static Projection.Scope scope(String source) {
        return new Projection.Scope(Json.readObject(source), null, "default", Map.of(), NO_OBJECTS);
    }

    /** A correlator for a mapping that is read from its file, over targets given a line each. */
    private static Correlator correlator(String correlation, String targets) {
        Definitions definitions = DefinitionLoader.load(Sources.of(Map.of(
                "managed/employee.yaml",
                TYPE.formatted("employee"),
                "managed/person.yaml",
                TYPE.formatted("person"),
                "staff.yaml",
                MAPPING.formatted(correlation))));
        Mapping mapping = definitions.mappings().get("staff");
        assertThat(mapping).as(definitions.faults().toString()).isNotNull();
        List<Resource> objects = new ArrayList<>();
        for (String line : targets.lines().toList()) {
            Map<String, Object> content = Json.readObject(line);
            objects.add(new Resource((String) content.remove("_id"), null, content));
        }
        return new Correlator(
                mapping,
                new MemoryObjectSet("managed/person", List.of(), objects),
                SCRIPTS,
                new Projection(SCRIPTS, new Conditions(SCRIPTS)));
    }

    /** Knows the one script of the mapping. */
    private static final Scripts SCRIPTS = new Scripts() {
        @Override
        public Object run(ScriptSource script, Map<String, Object> variables, Set<String> changeable, Objects objects) {
            assertThat(script.text()).isEqualTo("source.toUpperCase()");
            return variables.get("source") instanceof String text ? text.toUpperCase(Locale.ROOT) : null;
        }

        @Override
        public Mistake check(ScriptSource script) {
            return null;
        }

        @Override
        public void close() {}
    };

    /** For scripts that ask for nothing. */
    private static final Objects NO_OBJECTS = new Objects() {
        @Override
        public Map<String, Object> read(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Found query(String objectSet, Map<String, Object> parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> create(String objectSet, String id, Map<String, Object> content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> update(String path, String revision, Map<String, Object> content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> delete(String path, String revision) {
            throw new UnsupportedOperationException();
        }
    };
}
