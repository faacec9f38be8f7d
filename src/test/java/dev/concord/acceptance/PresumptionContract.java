package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Resource;
import dev.concord.run.ActionRequest;
import dev.concord.run.RunRequest;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that look targets up only where all that were read before do not hold what is wanted. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PresumptionContract {

    private static final String RULES = """
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: MISSING, action: CREATE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: UNQUALIFIED, action: DELETE}
            """;

    private static final String ROWS = """
            properties:
              - {target: userName, source: name}
              - {target: tags, source: tags}
              - {target: address, source: address}
              - {target: note, source: note}
            """;

    private static final String MAPPING = ROWS + RULES;

    private HookHome home;

    abstract TestDatabase database();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        home = new HookHome(folder, database(), plan -> plan.presumingFrom(1));
        home.write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + folder.resolve("key") + "}\n");
        home.write("key", "0123456789abcdef0123456789abcdef\n");
        home.write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  note: {type: string}
                  level: {type: number}
                  seen: {type: datetime}
                  address: {type: object}
                  tags: {type: string, multivalued: true}
                  roles: {type: string, multivalued: true, unordered: true}
                  pin: {type: string, sensitive: true}
                """);
        home.write("jobs/managed/member.yaml", """
                name: member
                attributes:
                  userName: {type: string}
                  seen: {type: datetime}
                  password: {type: string, hashed: true}
                """);
    }

    @AfterAll
    void close() {
        home.close();
    }

    private static void assertCounts(RunView run, int presumed, int unchanged, int updated) {
        assertThat(List.of(
                        run.counts().get(Measure.PRESUMED),
                        run.counts().get(Measure.UNCHANGED),
                        run.counts().get(Measure.UPDATED)))
                .as("presumed, unchanged, updated")
                .containsExactly((long) presumed, (long) unchanged, (long) updated);
    }

    /** Makes three accounts. */
    private RunView first(String keys) throws IOException {
        home.mapping(keys);
        return created(home.run());
    }

    private static RunView created(RunView run) {
        assertThat(run.counts().get(Measure.CREATED)).isEqualTo(3);
        assertCounts(run, 0, 0, 0);
        return run;
    }

    private String id(String name) {
        return account(name).id();
    }

    private Resource account(String name) {
        return Objects.requireNonNull(home.accounts().get(name));
    }

    /** The accounts without their revisions, and who is linked. */
    private List<Object> state() {
        Map<String, Object> accounts = new TreeMap<>();
        home.accounts().values().forEach(account -> accounts.put(account.id(), new TreeMap<>(account.content())));
        return List.of(accounts, home.linked());
    }

    private static String with(String attribute, String... values) {
        StringBuilder people = new StringBuilder();
        List<String> lines = HookHome.PEOPLE.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            people.append(lines.get(i)
                            .replace("\"tags\"", "\"" + attribute + "\": " + values[i % values.length] + ", \"tags\""))
                    .append('\n');
        }
        return people.toString();
    }

    // What is as it should be

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void aSecondRunPresumesEverythingAndWritesNothing(int page) throws IOException {
        first(MAPPING + "feedSize: " + page + "\n");
        Map<String, Resource> before = home.accounts();
        RunView run = home.run();
        assertCounts(run, 3, 3, 0);
        assertThat(home.entries(run)).isEmpty();
        assertThat(home.accounts()).isEqualTo(before);
    }

    @Test
    void whatTheMappingDoesNotGiveIsLeftToOthers() throws IOException {
        first(MAPPING);
        home.set(id("Ben"), "pin", "1234");
        assertCounts(home.run(), 3, 3, 0);
        assertThat(account("Ben").content()).containsEntry("pin", "1234");
    }

    @Test
    void scriptsForTheStartAndTheEndOfARunAreNoObstacle() throws IOException {
        first(MAPPING + "onRecon: \"openidm.create('system/trace/line', null, {hook: 'start'})\"\n"
                + "result: \"openidm.create('system/trace/line', null, {hook: 'end'})\"\n");
        home.trace();
        assertCounts(home.run(), 3, 3, 0);
        assertThat(home.trace()).extracting(line -> line.get("hook")).containsExactly("start", "end");
    }

    @Test
    void aMappingThatGivesNothingOnlyLooksWhetherTargetsExist() throws IOException {
        first(RULES + "properties: []\n");
        String gone =
                home.accounts("managed/account").values().iterator().next().id();
        assertCounts(home.run(), 3, 3, 0);
        home.delete(gone);
        RunView run = home.run();
        assertThat(run.counts().get(Measure.CREATED)).isEqualTo(1);
    }

    // What is not

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void aChangedTargetIsFoundAndCorrected(int page) throws IOException {
        first(MAPPING + "feedSize: " + page + "\n");
        List<Object> before = state();
        home.set(id("Ben"), "tags", List.of("b", "x"));
        RunView run = home.run();
        assertCounts(run, 2, 2, 1);
        assertThat(state()).isEqualTo(before);
        assertThat(home.entries(run))
                .singleElement()
                .satisfies(entry -> assertThat(entry.differences())
                        .containsExactly(new AttributeChange("tags", List.of("b", "x"), List.of("b"))));
    }

    @Test
    void anAttributeThatOthersAddedGoesAgain() throws IOException {
        first(MAPPING);
        home.set(id("Ada"), "note", "of somebody");
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("Ada").content().get("note")).isNull();
        assertCounts(home.run(), 3, 3, 0);
    }

    @Test
    void targetsThatWereExchangedAreBothCorrected() throws IOException {
        first(MAPPING);
        String ada = id("Ada");
        String ben = id("Ben");
        Resource formerly = account("Ben");
        for (String attribute : List.of("userName", "tags", "address")) {
            home.set(ben, attribute, account("Ada").content().get(attribute));
        }
        for (String attribute : List.of("userName", "tags", "address")) {
            home.set(ada, attribute, formerly.content().get(attribute));
        }
        assertCounts(home.run(), 1, 1, 2);
        assertThat(id("Ada")).isEqualTo(ada);
        assertThat(id("Ben")).isEqualTo(ben);
    }

    @Test
    void aChangedSourceIsFound() throws IOException {
        first(MAPPING);
        home.people(HookHome.PEOPLE.replace("Rome", "Riga"));
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("Ben").content()).containsEntry("address", Map.of("city", "Riga"));
    }

    @Test
    void anObjectWithoutMembersDoesNotHideWhatIsBeforeIt() throws IOException {
        first(ROWS.replace("  - {target: userName, source: name}\n", "")
                + "  - {target: userName, source: name, transform: \"source.toLowerCase()\"}\n" + RULES);
        String people = HookHome.PEOPLE.replaceAll("\\{\"city\": \"[A-Za-z]*\"}", "{}");
        home.people(people);
        assertCounts(home.run(), 0, 0, 3);
        home.people(people.replace("[\"b\"]", "[\"x\"]"));
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("ben").content()).containsEntry("tags", List.of("x")).containsEntry("address", Map.of());
    }

    @Test
    void aTargetThatIsGoneIsMadeAgain() throws IOException {
        first(MAPPING);
        home.delete(id("Ben"));
        RunView run = home.run();
        assertCounts(run, 2, 2, 0);
        assertThat(run.counts().get(Measure.CREATED)).isEqualTo(1);
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Cem");
        assertCounts(home.run(), 3, 3, 0);
    }

    @Test
    void aNewSourceThatWantsALinkedTargetSeesItAsItIs() throws IOException {
        first(MAPPING
                + "  - {situation: FOUND_ALREADY_LINKED, action: EXCEPTION}\n"
                + "correlationQuery: \"({_queryFilter: 'userName eq \\\"' + source.name + '\\\"'})\"\n"
                + "displayAttributes: [{target: pin}, {target: level}]\n");
        home.set(id("Ben"), "level", 7);
        home.people(HookHome.PEOPLE + "{\"number\": \"4\", \"name\": \"Ben\"}\n");
        RunView run = home.run();
        assertCounts(run, 3, 3, 0);
        assertThat(home.entries(run)).singleElement().satisfies(entry -> {
            assertThat(entry.situation()).isEqualTo(Situation.FOUND_ALREADY_LINKED);
            assertThat(Objects.requireNonNull(entry.display().get("target")).get("level"))
                    .hasToString("7");
        });
    }

    // Sources that do not qualify

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validSource: \"source.note !== 'left'\"",
                "sourceCondition: '!(/source/note eq \"left\")'",
                "sourceCondition: {script: \"source.note !== 'left'\"}"
            })
    void whoDoesNotQualifyLosesATargetWhoseEveryAttributeCanComeBack(String condition) throws IOException {
        for (String action : List.of("DELETE", "UNLINK")) {
            first(MAPPING.replace("UNQUALIFIED, action: DELETE", "UNQUALIFIED, action: " + action)
                            .replace("  - {target: note, source: note}\n", "")
                    + condition + "\n");
            home.set(id("Ben"), "level", 7);
            home.set(id("Ben"), "note", "of somebody");
            List<Object> before = state();
            home.people(with("note", "\"here\"", "\"left\"", "\"here\""));
            RunView run = home.run();
            assertCounts(run, 2, 2, 0);
            assertThat(run.counts().get(Measure.LINKS_REMOVED)).isEqualTo(1);
            assertThat(run.counts().get(Measure.DELETED)).isEqualTo(action.equals("DELETE") ? 1 : 0);
            Entry entry = home.entries(run).getFirst();
            assertThat(entry.situation()).isEqualTo(Situation.UNQUALIFIED);
            if (action.equals("DELETE")) {
                assertThat(entry.differences())
                        .extracting(AttributeChange::attribute)
                        .containsExactlyInAnyOrder("userName", "tags", "address", "level", "note");
            }
            RunView undo = home.house().undo(run.run().id(), false, home.nextRun());
            assertThat(undo.counts().failures()).isZero();
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void aScriptThatFailsForARecordFailsItAndNoOther() throws IOException {
        first(MAPPING + "validSource: \"source.address.city !== ''\"\n");
        home.people(HookHome.PEOPLE.replace(", \"address\": {\"city\": \"Rome\"}", ""));
        RunView run = home.run();
        assertCounts(run, 2, 2, 0);
        assertThat(run.counts().failures()).isEqualTo(1);
        assertThat(account("Ben").content()).containsEntry("address", Map.of("city", "Rome"));
    }

    @Test
    void aRowThatFailsForARecordFailsItAndNoOther() throws IOException {
        first(MAPPING.replace(
                "{target: note, source: note}",
                "{target: note, source: address, transform: \"source.city.toLowerCase()\"}"));
        home.people(HookHome.PEOPLE.replace("{\"city\": \"Rome\"}", "{}"));
        RunView run = home.run();
        assertCounts(run, 2, 2, 0);
        assertThat(run.counts().failures()).isEqualTo(1);
        assertThat(account("Ben").content()).containsEntry("note", "rome");
    }

    @Test
    void aRuleThatFailsForARecordFailsItAndNoOther() throws IOException {
        first(MAPPING.replace(
                "{situation: CONFIRMED, action: UPDATE}",
                "{situation: CONFIRMED, action: UPDATE, condition: {script: \"object.extra.kind === 'a'\"}}\n"
                        + "  - {situation: CONFIRMED, action: UPDATE}"));
        home.people(with("extra", "{\"kind\": \"a\"}", "null", "{\"kind\": \"b\"}"));
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(1);
        assertThat(run.counts().get(Measure.UNCHANGED)).isEqualTo(2);
    }

    // Rows

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'/target/level eq 7'",
                "'/oldTarget/level eq 7'",
                "{script: \"target.level === 7\"}",
                "{script: \"oldTarget !== null && oldTarget.level === 7\"}"
            })
    void aRowMayLookAtTheTarget(String condition) throws IOException {
        first(MAPPING.replace(
                "{target: note, source: note}", "{target: note, source: name, condition: " + condition + "}"));
        home.set(id("Ben"), "level", 7);
        assertCounts(home.run(), 0, 2, 1);
        assertThat(account("Ben").content()).containsEntry("note", "Ben");
        home.set(id("Ben"), "note", "x");
        assertCounts(home.run(), 0, 2, 1);
        assertThat(account("Ben").content()).containsEntry("note", "Ben");
    }

    @Test
    void aRowMayDependOnItsSource() throws IOException {
        first(MAPPING.replace(
                "{target: note, source: note}",
                "{target: note, source: name, condition: '/object/address/city eq \"Rome\"'}"));
        assertThat(account("Ben").content()).containsEntry("note", "Ben");
        assertCounts(home.run(), 3, 3, 0);
        home.people(HookHome.PEOPLE.replace("Rome", "Riga"));
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("Ben").content()).as("the row does nothing").containsEntry("note", "Ben");
        assertCounts(home.run(), 2, 3, 0);
    }

    @Test
    void valuesMayBeSpelledOtherwiseThanTheyAreStored() throws IOException {
        String rows = ROWS + "  - {target: seen, source: seen}\n  - {target: level, source: level}\n";
        home.mapping(rows + RULES);
        String people = with("seen", "\"2020-02-03T04:05:06+01:00\"", "\"2020-02-03T03:05:06.000Z\"");
        home.people(people.replace("\"tags\"", "\"level\": 1.50, \"tags\""));
        created(home.run());
        assertCounts(home.run(), 3, 3, 0);
        home.people(people.replace("\"tags\"", "\"level\": 15e-1, \"tags\"").replace("04:05:06+01", "05:05:06+02"));
        assertCounts(home.run(), 3, 3, 0);
        home.people(people.replace("\"tags\"", "\"level\": 1.51, \"tags\""));
        assertCounts(home.run(), 0, 0, 3);
    }

    @Test
    void secretsThatTheMappingDoesNotGiveAreNoObstacle() throws IOException {
        home.mapping("managed/member", """
                properties:
                  - {target: userName, source: name}
                  - {target: seen, source: seen}
                """ + RULES);
        home.people(with("seen", "\"2020-02-03T04:05:06+01:00\""));
        created(home.run());
        String ben = Objects.requireNonNull(home.accounts("managed/member").get("Ben"))
                .id();
        home.set("managed/member", ben, "password", "of somebody");
        Map<String, Resource> before = home.accounts("managed/member");
        assertCounts(home.run(), 3, 3, 0);
        home.people(with("seen", "\"2020-02-03T04:05:07+01:00\""));
        assertCounts(home.run(), 0, 0, 3);
        assertThat(Objects.requireNonNull(home.accounts("managed/member").get("Ben"))
                        .content()
                        .get("password"))
                .isEqualTo(Objects.requireNonNull(before.get("Ben")).content().get("password"));
    }

    @Test
    void theOrderOfAnUnorderedListChangesNothing() throws IOException {
        home.mapping(ROWS + "  - {target: roles, source: roles}\n" + RULES);
        home.people(with("roles", "[\"a\", \"b\"]"));
        created(home.run());
        home.people(with("roles", "[\"a\", \"b\"]", "[\"b\", \"a\"]", "[\"a\", \"b\"]"));
        assertCounts(home.run(), 2, 3, 0);
        assertThat(account("Ben").content()).containsEntry("roles", List.of("a", "b"));
        home.people(with("roles", "[\"a\", \"b\"]", "[\"b\"]", "[\"a\", \"b\"]"));
        assertCounts(home.run(), 2, 2, 1);
    }

    @Test
    void theOrderOfAnyOtherListCounts() throws IOException {
        first(MAPPING);
        home.people(HookHome.PEOPLE.replace("[\"b\"]", "[\"a\", \"b\"]"));
        assertCounts(home.run(), 2, 2, 1);
        home.people(HookHome.PEOPLE.replace("[\"b\"]", "[\"b\", \"a\"]"));
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("Ben").content()).containsEntry("tags", List.of("b", "a"));
    }

    @Test
    void partsOfAnAttributeMayHaveRowsOfTheirOwn() throws IOException {
        first(ROWS.replace("target: address, source: address", "target: /address/town, source: /address/city")
                + "  - {target: /address/of, source: name}\n" + RULES);
        Map<String, Object> bens = Map.of("town", "Rome", "of", "Ben");
        assertThat(account("Ben").content()).containsEntry("address", bens);
        assertCounts(home.run(), 3, 3, 0);
        Map<String, Object> longer = new TreeMap<>(bens);
        longer.put("zip", "00100");
        home.set(id("Ben"), "address", longer);
        assertCounts(home.run(), 2, 3, 0);
        assertThat(account("Ben").content()).containsEntry("address", longer);
        home.set(id("Ben"), "address", Map.of("town", "Rome", "zip", "00100"));
        assertCounts(home.run(), 2, 2, 1);
        assertThat(account("Ben").content()).containsEntry("address", longer);
    }

    @Test
    void aPartThatHasNoPlaceInTheWholeFailsEachTime() throws IOException {
        first(ROWS.replace(
                        "  - {target: tags, source: tags}\n",
                        "  - {target: /tags/5, source: name}\n  - {target: tags, source: tags}\n")
                + RULES);
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(3);
        assertCounts(run, 0, 0, 0);
    }

    @Test
    void anIdThatTheMappingChoosesMustBeTheOneOfTheLink() throws IOException {
        first(ROWS + "  - {target: _id, source: number}\n" + RULES);
        assertThat(id("Ben")).isEqualTo("2");
        assertCounts(home.run(), 3, 3, 0);
        home.create("4", new TreeMap<>(account("Ben").content()));
        home.delete("2");
        home.house().perform(ActionRequest.relink("people", "2", "4", null, true), home.nextRun());
        RunView run = home.run();
        assertCounts(run, 2, 2, 0);
        assertThat(home.entries(run))
                .singleElement()
                .satisfies(entry -> assertThat(entry.message()).isEqualTo("The _id of a target must not change."));
    }

    // Mappings and runs that look up everything

    static Stream<String> thatLookUpEverything() {
        String confirmed = "{situation: CONFIRMED, action: UPDATE}";
        String note = "{target: note, source: note}";
        Stream<String> hooks = Stream.of(
                        "onCreate", "onUpdate", "onDelete", "onLink", "onUnlink", "onError", "onMapping", "postMapping")
                .map(hook -> MAPPING + hook + ": \"1\"\n");
        return Stream.concat(
                hooks,
                Stream.of(
                        MAPPING + "validSource: \"new Date() !== null\"\n",
                        MAPPING + "validTarget: \"new Date() !== null\"\n",
                        MAPPING + "sourceCondition: {script: \"new Date() !== null\"}\n",
                        MAPPING + "correlationQuery: \"new Date() && null\"\n",
                        MAPPING + "linkQualifiers: \"['default']\"\n",
                        MAPPING + "linkQualifiers: [default, other]\n",
                        MAPPING + "persistAssociations: true\n",
                        MAPPING + "runTargetPhase: false\n",
                        MAPPING.replace(note, "{target: note, transform: \"new Date() && null\"}"),
                        MAPPING.replace(note, "{target: note, transform: *end}")
                                .replace("properties:", "result: &end \"new Date() && null\"\nproperties:"),
                        MAPPING.replace(
                                note, "{target: note, source: note, condition: {script: \"new Date() && true\"}}"),
                        MAPPING.replace(note, "{target: pin, source: name}"),
                        MAPPING.replace(note, "{target: /address/city, source: name}")
                                .replace("{target: tags, source: tags}", "{target: /address/city/x, source: name}"),
                        MAPPING.replace(confirmed, "{situation: CONFIRMED, action: IGNORE}"),
                        MAPPING.replace(confirmed, "{situation: CONFIRMED, action: REPORT}"),
                        MAPPING.replace(confirmed, "{situation: CONFIRMED, action: {script: \"'UPDATE'\"}}"),
                        MAPPING.replace(confirmed, "{situation: CONFIRMED, action: UPDATE, postAction: \"1\"}"),
                        MAPPING.replace(
                                confirmed, "{situation: CONFIRMED, action: UPDATE, condition: '/object/name pr'}"),
                        MAPPING.replace(
                                confirmed,
                                "{situation: CONFIRMED, action: IGNORE, condition: '/object/note pr'}\n  - "
                                        + confirmed)));
    }

    @ParameterizedTest
    @MethodSource("thatLookUpEverything")
    void aMappingThatMayWantSomethingElseLooksUpEverything(String mapping) throws IOException {
        home.mapping(mapping);
        assertThat(home.run().counts().failures()).isZero();
        List<Object> before = state();
        RunView run = home.run();
        assertThat(run.counts().failures()).isZero();
        assertThat(run.counts().get(Measure.OPS)).isPositive();
        assertThat(run.counts().get(Measure.PRESUMED)).isZero();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aMappingThatKeepsNoLinksAnyMoreLooksUpEverything() throws IOException {
        first(MAPPING);
        home.mapping(
                "managed/account",
                MAPPING.replace(
                                "- {situation: CONFIRMED",
                                "- {situation: FOUND, action: UPDATE}\n  - {situation: CONFIRMED")
                        + "correlation: {all: [userName]}\nenableLinking: false\n",
                false);
        RunView run = home.run();
        assertCounts(run, 0, 3, 0);
        assertThat(run.counts().get(Measure.CREATED)).isZero();
    }

    @Test
    void aTargetElsewhereIsLookedUp() throws IOException {
        home.mapping("system/elsewhere/account", """
                properties:
                  - {target: userName, source: name}
                """ + RULES);
        created(home.run());
        assertCounts(home.run(), 0, 3, 0);
    }

    @Test
    void onlyAFullRunThatActsAndKeepsNoEntriesOfWhatDidNotChangePresumes() throws IOException {
        first(MAPPING);
        assertThat(home.house().analyze("people", home.nextRun()).counts().get(Measure.PRESUMED))
                .isZero();
        assertCounts(home.house().runById("people", "2", home.nextRun()), 0, 1, 0);
        assertCounts(asked("name pr", RunRequest.Overrides.NONE), 0, 3, 0);
        assertCounts(asked(null, new RunRequest.Overrides(null, null, null, true)), 0, 3, 0);
        assertCounts(asked(null, new RunRequest.Overrides(null, false, null, null)), 0, 3, 0);
        assertCounts(asked(null, RunRequest.Overrides.NONE), 3, 3, 0);
    }

    private RunView asked(String where, RunRequest.Overrides overrides) {
        return home.house()
                .run(new RunRequest("people", false, List.of(), where, overrides), home.nextRun(), RunListener.NONE);
    }

    @Test
    void targetsOfOthersAreNotReadWhereTheyAreTheMost() throws IOException {
        first(MAPPING);
        for (int i = 0; i < 4; i++) {
            home.create("other" + i, Map.of("userName", "Other " + i));
        }
        assertCounts(home.run(), 3, 3, 0);
        home.create("other4", Map.of("userName", "Other 4"));
        assertCounts(home.run(), 0, 3, 0);
    }
}
