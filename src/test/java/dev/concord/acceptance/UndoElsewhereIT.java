package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.script.GraalScripts;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Runs are taken back in another database, in a file and in the managed store, also by processes that are killed. */
@TestInstance(Lifecycle.PER_CLASS)
class UndoElsewhereIT {

    private static final String HIRED = "hired";
    private static final String EDITED = "edited";
    private static final long SEED = Long.getLong("concord.seed", new Random().nextInt(1_000_000));

    private final GraalScripts scripts = new GraalScripts();

    @TempDir
    private Path folder;

    @AfterAll
    void close() {
        scripts.close();
    }

    /** People who were hired, and then edited in a second run, and what was there before that. */
    private record Company(Place place, String target, Map<String, Object> before) {}

    private Company inAnotherDatabase(Path home, Style style, boolean revisions) {
        try (TestDatabase platform = Databases.h2File(home);
                TestDatabase away = Away.h2(home)) {
            Away.make(away, style.ids(away));
            People people = People.in(home, away, style);
            if (!revisions) {
                people.forgetRevisions();
            }
            return company(home, platform, people, People.TARGET);
        }
    }

    private Company inAFile(Path home) {
        try (TestDatabase platform = Databases.h2File(home)) {
            People people = People.in(home, platform, Style.WHOLE);
            people.toFile();
            return company(home, platform, people, People.TARGET);
        }
    }

    private Company inTheManagedStore(Path home) {
        try (TestDatabase platform = Databases.h2File(home)) {
            People people = People.in(home, platform, Style.WHOLE);
            people.write("jobs/managed/person.yaml", """
                    name: person
                    attributes:
                      name: {type: string}
                      mail: {type: string, unique: true}
                      dept: {type: string}
                      pin: {type: string, sensitive: true}
                      age: {type: integer}
                    """);
            people.replace("jobs/people.yaml", "target: system/crm/person", "target: managed/person");
            return company(home, platform, people, "managed/person");
        }
    }

    private Company company(Path home, TestDatabase platform, People people, String target) {
        platform.close();
        Place place = Place.at(home, platform);
        people.hire(false);
        try (House house = place.open(Faults.none(), scripts)) {
            mustBeDone(house.run(People.MAPPING, HIRED));
            Map<String, Object> before = state(house, target);
            assertThat(before).hasSize(2 * People.COUNT);
            people.hire(true);
            RunView edited = house.run(People.MAPPING, EDITED);
            mustBeDone(edited);
            for (Measure effect : List.of(Measure.CREATED, Measure.UPDATED, Measure.DELETED)) {
                assertThat(edited.counts().get(effect)).as(effect.name()).isPositive();
            }
            return new Company(place, target, before);
        }
    }

    private static void mustBeDone(RunView view) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
    }

    /** Targets and links by mail and by source; without the secrets, which do not come back. */
    private static Map<String, Object> state(House house, String path) {
        Map<String, Object> state = new TreeMap<>();
        Map<String, String> mails = new HashMap<>();
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            ObjectSet target = sets.open(path).asTarget();
            for (Page.Item item : target.scan(KeyRange.ALL, null, 1000, null).items()) {
                Resource resource = ((Page.Item.Found) item).resource();
                Map<String, Object> content = new TreeMap<>(resource.content());
                content.remove("pin");
                content.remove("rev");
                content.values().removeIf(value -> value == null);
                content.put("_id", resource.id());
                mails.put(resource.id(), String.valueOf(content.get("mail")));
                state.put("target " + content.get("mail"), content);
            }
        }
        for (Link link : house.get(Reconciliations.class).links(People.MAPPING).scan(null, 1000)) {
            state.put(
                    "link " + link.sourceId(),
                    mails.getOrDefault(link.targetId(), "nobody, who was " + link.targetId()));
        }
        return state;
    }

    private static List<Entry> entries(House house, String run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run, counts -> true, (segment, index, entry) -> entries.add(entry));
        return entries;
    }

    private void mustComeBack(Company company) {
        try (House house = company.place().open(Faults.none(), scripts)) {
            Map<String, Object> edited = state(house, company.target());
            mustBeDone(house.undo(EDITED, false, "undo"));
            assertThat(state(house, company.target())).isEqualTo(company.before());
            // In files nothing is sensitive here.
            if (!Files.exists(company.place().home().resolve("jobs/data/out.csv"))) {
                assertThat(entries(house, "undo"))
                        .extracting(Entry::message)
                        .contains("pin was not kept and stays as it is.", "pin was not kept and is missing.");
            }
            mustBeDone(house.undo("undo", false, "redo"));
            assertThat(state(house, company.target())).isEqualTo(edited);
        }
    }

    @Test
    void aRunIntoAnotherDatabaseIsTakenBack() {
        mustComeBack(inAnotherDatabase(folder.resolve("revisions"), Style.WHOLE, true));
    }

    @Test
    void aRunIntoATableWithoutRevisionsIsTakenBack() {
        mustComeBack(inAnotherDatabase(folder.resolve("none"), Style.WHOLE, false));
    }

    @Test
    void whatADatabaseGaveAnIdComesBackUnderTheSameOne() {
        mustComeBack(inAnotherDatabase(folder.resolve("ids"), Style.STORE_IDS, true));
    }

    @Test
    void aRunIntoAFileIsTakenBack() throws IOException {
        Path home = folder.resolve("file");
        Company company = inAFile(home);
        mustComeBack(company);
        Files.writeString(
                home.resolve("jobs/data/out.csv"),
                Files.readString(home.resolve("jobs/data/out.csv"), UTF_8).replace(",Edited 5,", ",Somebody,"),
                UTF_8);
        try (House house = company.place().open(Faults.none(), scripts)) {
            RunView undo = house.undo(EDITED, false, "undo of what changed");
            assertThat(entries(house, "undo of what changed"))
                    // Those that were created anew by an undo of the undo lack the pin, which no ledger keeps.
                    .filteredOn(entry -> entry.outcome() == Outcome.CHANGED && entry.action() == Action.UPDATE)
                    .extracting(Entry::message)
                    .containsExactly("name is not what the run wrote any more. The record was left as it is.");
        }
    }

    @Test
    void anUndoInAnotherDatabaseThatIsKilledComesToItsEnd() throws Exception {
        mustSurvive(
                inAnotherDatabase(folder.resolve("killed"), Style.WHOLE, true),
                List.of("target write:1:after:halt", "target write:1:before:halt", random()));
    }

    @Test
    void anUndoWhereTheDatabaseGivesIdsSurvivesToo() throws Exception {
        mustSurvive(
                inAnotherDatabase(folder.resolve("killed-ids"), Style.STORE_IDS, true),
                List.of("target write:3:after:halt"));
    }

    @Test
    void anUndoInAFileThatIsKilledComesToItsEnd() throws Exception {
        mustSurvive(inAFile(folder.resolve("killed-file")), List.of(random(), "target publish:1:before:halt"));
    }

    @Test
    void anUndoInTheManagedStoreThatIsKilledComesToItsEnd() throws Exception {
        mustSurvive(inTheManagedStore(folder.resolve("killed-managed")), List.of(random(), random()));
    }

    private static String random() {
        Random random = new Random(SEED);
        return "commit commit:" + (2 + random.nextInt(12)) + (random.nextBoolean() ? ":before" : ":after") + ":halt";
    }

    /** @param faults one death after the other; a process that comes to its end before is as good */
    private void mustSurvive(Company company, List<String> faults) throws Exception {
        Place place = company.place();
        boolean begun = false;
        for (String fault : faults) {
            Place.End end = begun ? place.inAnotherProcess(true, fault) : place.undoInAnotherProcess(EDITED, fault);
            if (end.exitCode() == 0) {
                break;
            }
            Place.mustBeKilled(end);
            try (House house = place.open(Faults.none(), scripts)) {
                begun = house.find(Place.RUN).isPresent();
            }
        }
        try (House house = place.open(Faults.none(), scripts)) {
            if (!begun) {
                house.undo(EDITED, false, Place.RUN);
            } else if (house.find(Place.RUN).orElseThrow().run().state() != RunState.SUCCESS) {
                house.restart(Place.RUN);
            }
            RunView undo = house.find(Place.RUN).orElseThrow();
            assertThat(undo.run().state())
                    .as("%s, seed %d", undo.run().message(), SEED)
                    .isEqualTo(RunState.SUCCESS);
            assertThat(entries(house, Place.RUN))
                    .as("seed %d", SEED)
                    .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS));
            assertThat(state(house, company.target())).as("seed %d", SEED).isEqualTo(company.before());
        }
    }
}
