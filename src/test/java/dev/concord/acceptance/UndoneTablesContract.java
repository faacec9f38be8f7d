package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.run.Reconciliations;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an undo does where tables hold more than records do, or give values themselves. */
abstract class UndoneTablesContract {

    @TempDir
    private Path home;

    private final TestDatabase database;
    private House house;
    private JdbcTemplate jdbc;

    UndoneTablesContract(Databases kind) {
        this.database = kind.fresh();
    }

    Databases kind() {
        return database.kind();
    }

    @BeforeEach
    void open() throws IOException {
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("jobs/systems/crm.yaml", """
                name: crm
                type: jdbc
                datasource: platform
                objects:
                  person: {table: person, id: id}
                """);
        people("1,Ada", "2,Bea", "3,Cem");
        house = House.open(home, database);
        jdbc = house.get(JdbcTemplate.class);
    }

    @AfterEach
    void close() {
        house.close();
        database.close();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }

    private void people(String... lines) throws IOException {
        write("jobs/data/people.csv", "number,name\n" + String.join("\n", lines) + "\n");
    }

    void mapping(String target, String rows) throws IOException {
        write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: %s
                properties:
                  - {target: name, source: name}
                %s
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """.formatted(target, rows));
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    RunView run(String id) {
        RunView run = house.run("people", id);
        assertThat(run.run().state()).as(run.run().message()).isEqualTo(RunState.SUCCESS);
        return run;
    }

    /** The first run, one that deletes Bea and renames Cem, and an undo of that. */
    List<Entry> goneAndBack() throws IOException {
        run("first");
        return againGoneAndBack();
    }

    List<Entry> againGoneAndBack() throws IOException {
        people("1,Ada", "3,Cemil");
        run("second");
        RunView looked = house.undo("second", true, "looked");
        RunView undo = house.undo("second", false, "undo");
        assertThat(undo.run().state()).as(undo.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(looked.counts().failures()).isEqualTo(undo.counts().failures());
        return entries(undo);
    }

    List<String> targetsOf(String sourceId) {
        return house.get(Reconciliations.class).links("people").scan(null, 100).stream()
                .filter(link -> link.sourceId().equals(sourceId))
                .map(Link::targetId)
                .toList();
    }

    List<Entry> entries(RunView run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.outcome() != Outcome.PLANNED) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    @Test
    void columnsThatTheDatabaseComputesDoNotKeepRowsFromComingBack() throws IOException {
        jdbc.execute("create table person (id varchar(40) primary key, name varchar(100),"
                + " loud varchar(100) generated always as (upper(name)))");
        mapping("system/crm/person", "  - {target: _id, source: number}");
        run("first");
        List<Map<String, Object>> before = jdbc.queryForList("select * from person order by id");
        assertThat(againGoneAndBack()).extracting(Entry::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(jdbc.queryForList("select * from person order by id")).isEqualTo(before);
    }

    @Test
    void whatADatabaseComputesIsNotMissedWhereRecordsCannotHoldIt() throws IOException {
        jdbc.execute("create table person (id varchar(40) primary key, name varchar(100),"
                + " bytes varbinary(100) generated always as (cast(name as binary(100))))");
        mapping("system/crm/person", "  - {target: _id, source: number}");
        assertThat(goneAndBack()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(entry.message()).isNull();
        });
    }

    @Test
    void rowsInWhichTheDatabaseComputesWhatRecordsCannotHoldCanGoAgain() throws IOException {
        jdbc.execute("create table person (id varchar(40) primary key, name varchar(100),"
                + " bytes varbinary(100) generated always as (cast(name as binary(100))))");
        mapping("system/crm/person", "  - {target: _id, source: number}");
        run("first");
        assertThat(entries(house.undo("first", false, "undo")))
                .hasSize(3)
                .extracting(Entry::outcome)
                .containsOnly(Outcome.SUCCESS);
        assertThat(jdbc.queryForList("select id from person", String.class)).isEmpty();
    }

    @Test
    void whatRecordsCannotHoldIsNamedWhenARowComesBackWithoutIt() throws IOException {
        jdbc.execute("create table person (id varchar(40) primary key, name varchar(100), photo varbinary(100))");
        mapping("system/crm/person", "  - {target: _id, source: number}");
        run("first");
        jdbc.update("update person set photo = X'AA'");
        assertThat(againGoneAndBack())
                .filteredOn(entry -> "2".equals(entry.targetId()))
                .singleElement()
                .extracting(Entry::message)
                .asString()
                .contains("What it held in photo could not be kept and is missing.");
    }

    @Test
    void aRowThatHasGotWhatRecordsCannotHoldSinceIsLeftAlone() throws IOException {
        jdbc.execute("create table person (id varchar(40) primary key, name varchar(100), photo varbinary(100))");
        mapping("system/crm/person", "  - {target: _id, source: number}");
        run("first");
        jdbc.update("update person set photo = X'AA' where id = '2'");
        RunView undo = house.undo("first", false, "undo");
        assertThat(entries(undo))
                .filteredOn(entry -> entry.outcome() != Outcome.SUCCESS)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
                    assertThat(entry.message()).contains("photo", "The record was left as it is.");
                });
        assertThat(jdbc.queryForList("select id from person", String.class)).containsExactly("2");
    }

    @Test
    void attributesThatAreNotDeclaredAnyMoreAreNamedToo() throws IOException {
        write(
                "jobs/managed/account.yaml",
                "name: account\nattributes:\n  name: {type: string}\n  tag: {type: string}\n");
        mapping("managed/account", "  - {target: tag, source: number}");
        run("first");
        write("jobs/managed/account.yaml", "name: account\nattributes:\n  name: {type: string}\n");
        mapping("managed/account", "");
        assertThat(againGoneAndBack())
                .filteredOn(entry -> entry.message() != null)
                .singleElement()
                .extracting(Entry::message)
                .asString()
                .contains("What it held in tag could not be kept and is missing.");
    }
}
