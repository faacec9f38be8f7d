package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.concord.record.AttributeChange;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** All mappings of the sample company do what the generator's tables say, and the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CompanyContract {

    private final Databases kind;
    private final Expected expected = Expected.read();
    private CompanyStory story;

    CompanyContract(Databases kind) {
        this.kind = kind;
    }

    @BeforeAll
    void tell(@TempDir Path folder) {
        story = story(kind, folder);
    }

    static CompanyStory story(Databases kind, Path folder) {
        try (TestDatabase database = kind.fresh()) {
            CompanyHome home = CompanyHome.in(folder);
            try (House house = House.on(home.folder(), database).guarded().open()) {
                return CompanyStory.tell(home, house, Expected.read());
            }
        }
    }

    @Test
    void theTablesKnowEveryMapping(@TempDir Path folder) {
        assertThat(expected.mappings())
                .containsExactlyInAnyOrderElementsOf(CompanyHome.in(folder).mappings());
    }

    @TestFactory
    Stream<DynamicTest> eachRunDoesWhatTheTableSays() {
        return expected.rounds().stream()
                .flatMap(round -> round.runs().stream()
                        .map(run -> dynamicTest(
                                "round " + round.round() + ", " + run.mapping(),
                                () -> assertRun(round.round() + "/" + run.mapping(), run))));
    }

    @Test
    void theSecondRoundLeavesEveryRowAsItIs() {
        story.rows().get(1).assertEqualTo(story.rows().get(0));
        assertThat(story.rows().get(0).lines())
                .containsKeys("link", "managed_alpha_user", "crm_contact", "helpdesk.jsonl");
    }

    @Test
    void threeEditsAreThreeChanges() {
        Expected.Run run = expected.edits().nextRunWhenAllMappingsHaveRun();
        assertRun("3/" + run.mapping(), run);
    }

    @Test
    void theReportShowsTheAttributeThatWasEdited() {
        Expected.Edit edit = expected.edits().edit();
        AttributeChange change = new AttributeChange(
                edit.difference().attribute(),
                edit.difference().before(),
                edit.difference().after());
        assertThat(story.edited()).isEqualTo(Map.of(edit.id(), List.of(change)));
    }

    @Test
    void theTargetsHoldAsManyObjectsAsTheTablesCount() {
        Map<String, List<String>> objects = story.contents().get(0).lines();
        assertThat(objects.get("managed/alpha_user"))
                .hasSize((int) (created("hr-to-users") + created("contractors-to-users")));
        assertThat(objects.get("managed/bravo_user")).hasSize((int) created("alpha-to-bravo"));
        assertThat(objects.get("system/helpdesk/account")).hasSize((int) created("hr-to-helpdesk"));
        assertThat(objects.get("system/crm/contact"))
                .hasSize((int) (expected.company().crmContactsAtFirst() + created("users-to-crm")));
    }

    @Test
    void targetsLinksAndEntriesAreThoseOfEveryOtherDatabase() {
        List<Contents> control = Control.STORY.contents();
        for (int round = 0; round < control.size(); round++) {
            story.contents().get(round).assertEqualTo(control.get(round));
        }
    }

    private long created(String mapping) {
        return expected.run(1, mapping).changes().get("created");
    }

    private void assertRun(String name, Expected.Run run) {
        assertThat(Expected.of(story.runs().get(name)))
                .as("%s: %s", name, story.runs().get(name).run().message())
                .isEqualTo(run.numbers());
    }
}
