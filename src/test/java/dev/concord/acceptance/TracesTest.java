package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Trace;
import dev.concord.mapping.Action;
import dev.concord.record.AttributeChange;
import dev.concord.run.ActionRequest;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What entries keep of what their ops did. */
@TestInstance(Lifecycle.PER_CLASS)
class TracesTest {

    private static final String MAPPING = """
            correlateEmptyTargetSet: true
            correlationQuery: "({_queryFilter: 'userName eq \\"' + source.name + '\\"'})"
            feedSize: %s
            properties:
              - {target: userName, source: name}
              - {target: tags, source: tags}
              - {target: note, source: note}
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: UNQUALIFIED, action: UNLINK}
              - {situation: UNASSIGNED, action: DELETE}
            """;

    private HookHome home;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        home = new HookHome(folder, Databases.H2.fresh());
    }

    @AfterAll
    void close() {
        home.close();
    }

    private Entry entry(RunView run, String source) {
        return home.entries(run).stream()
                .filter(entry -> source.equals(entry.sourceId()))
                .findFirst()
                .orElseThrow();
    }

    private static Trace.Ends ends(String source, String target) {
        return new Trace.Ends(source, target);
    }

    @Test
    void entriesSayWhatHappenedToTargetAndLinkWhateverThePages() throws IOException {
        for (String pages : List.of("1", "1000")) {
            home.mapping(MAPPING.formatted(pages));
            Entry created = entry(home.run(), "2");
            String target = String.valueOf(created.targetId());
            assertThat(created.trace())
                    .isEqualTo(new Trace(
                            List.of(Measure.CREATED, Measure.LINKS_CREATED),
                            List.of(new Trace.LinkChange(null, ends("2", target))),
                            "1",
                            null));

            assertThat(home.entries(home.run())).isEmpty();

            home.people(HookHome.PEOPLE.replace("[\"b\"]", "[\"b\", \"c\"], \"note\": \"new\""));
            Entry updated = entry(home.run(), "2");
            assertThat(updated.trace()).isEqualTo(new Trace(List.of(Measure.UPDATED), List.of(), "2", null));
            assertThat(updated.differences())
                    .containsExactlyInAnyOrder(
                            new AttributeChange("tags", List.of("b"), List.of("b", "c")),
                            new AttributeChange("note", null, "new"));

            home.people(HookHome.PEOPLE.lines().limit(1).toList().getFirst() + "\n");
            Entry deleted = entry(home.run(), "2");
            assertThat(deleted.trace())
                    .isEqualTo(new Trace(
                            List.of(Measure.DELETED, Measure.LINKS_REMOVED),
                            List.of(new Trace.LinkChange(ends("2", target), null)),
                            null,
                            null));
            assertThat(deleted.differences())
                    .containsExactlyInAnyOrder(
                            new AttributeChange("userName", "Ben", null),
                            new AttributeChange("tags", List.of("b", "c"), null),
                            new AttributeChange("note", "new", null));
        }
    }

    @Test
    void anEntryOfAFoundRecordHasItsLinkAndItsWrite() throws IOException {
        home.mapping(MAPPING.formatted("10"));
        home.run();
        String target = home.accounts().get("Ben").id();
        home.unlink();
        home.people(HookHome.PEOPLE.replace("[\"b\"]", "[]"));
        assertThat(entry(home.run(), "2").trace())
                .isEqualTo(new Trace(
                        List.of(Measure.LINKS_CREATED, Measure.UPDATED),
                        List.of(new Trace.LinkChange(null, ends("2", target))),
                        "2",
                        null));
    }

    @Test
    void anEntryOfAMovedLinkHasAllLinksThatChanged() throws IOException {
        home.mapping(MAPPING.formatted("10"));
        home.run();
        String ben = home.accounts().get("Ben").id();
        String cem = home.accounts().get("Cem").id();
        Entry moved = home.entries(
                        home.house().perform(ActionRequest.relink("people", "2", cem, null, true), home.nextRun()))
                .getFirst();
        assertThat(moved.action()).isEqualTo(Action.LINK);
        assertThat(moved.trace())
                .isEqualTo(new Trace(
                        List.of(Measure.LINKS_REMOVED, Measure.LINKS_REPOINTED),
                        List.of(
                                new Trace.LinkChange(ends("3", cem), null),
                                new Trace.LinkChange(ends("2", ben), ends("2", cem))),
                        null,
                        null));
    }

    @Test
    void whatFailedAndWasTakenBackLeavesNoTrace() throws IOException {
        home.mapping(MAPPING.formatted("10") + "postMapping: \"throw 'no'\"\n");
        assertThat(home.entries(home.run()))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.trace()).isEqualTo(Trace.NONE));
    }

    @Test
    void whatStaysAlthoughTheOpFailedAfterwardsIsTraced() throws IOException {
        home.mapping(MAPPING.formatted("10").replace("action: CREATE", "action: CREATE, postAction: \"throw 'no'\""));
        assertThat(home.entries(home.run())).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.outcome().isFailure()).isTrue();
            assertThat(entry.trace().effects()).contains(Measure.CREATED);
            assertThat(entry.trace().links()).hasSize(1);
            assertThat(entry.trace().revision()).isEqualTo("1");
        });
    }

    @Test
    void nullsThatWereThereAreToldFromAbsentAttributes() throws IOException {
        home.write("jobs/systems/out.yaml", """
                name: out
                type: json
                objects:
                  account: {file: ../data/out.jsonl, id: _id}
                """);
        home.write("jobs/data/out.jsonl", """
                {"_id": "x", "userName": "Xan", "note": null, "other": null}
                {"_id": "b", "userName": "Ben", "note": null, "other": null}
                """);
        home.mapping("system/out/account", MAPPING.formatted("10"));
        home.people(HookHome.PEOPLE.replace("[\"b\"]", "[\"b\"], \"note\": \"new\""));
        List<Entry> entries = home.entries(home.run());
        assertThat(entries)
                .filteredOn(entry -> "b".equals(entry.targetId()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.trace().nulls()).containsExactly("note"));
        assertThat(entries)
                .filteredOn(entry -> "x".equals(entry.targetId()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.trace().nulls()).containsExactly("note", "other"));
    }
}
