package dev.concord.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The oracle finds each kind of fault in a run of many situations, and none where there is none. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OracleTest {

    private static final String RUN = "the-run";

    private TestDatabase database;
    private House house;
    private Holdings before;
    private Expectation expected;

    @BeforeAll
    void run(@TempDir Path folder) throws IOException {
        Path home = home(folder);
        database = Databases.H2.fresh();
        house = House.open(home, database);
        house.run("people", "first-run");
        people(home, 4, 40, "edited");
        JdbcTemplate jdbc = house.get(JdbcTemplate.class);
        // 30 comes back, 1 is gone for good, 39 could be either of two.
        jdbc.update(quoted("delete from managed_account where number in ('30', '1')"));
        jdbc.update(quoted(
                "insert into managed_account (_id, _rev, number, name) values ('a', 0, '39', 'x'), ('b', 0, '39', 'x'),"
                        + " ('c', 0, '38', 'x')"));
        before = Holdings.of(house, "people");
        RunView view = house.run("people", RUN);
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().ops().keySet())
                .extracting(kind -> kind.situation() + " " + kind.action())
                .contains(
                        "CONFIRMED UPDATE",
                        "ABSENT CREATE",
                        "MISSING CREATE",
                        "FOUND UPDATE",
                        "AMBIGUOUS EXCEPTION",
                        "SOURCE_MISSING DELETE",
                        "LINK_ONLY UNLINK");
        expected = Expectation.of(Holdings.of(house, "people"), Account.of(house, RUN));
    }

    @AfterAll
    void close() {
        house.close();
        database.close();
    }

    @Test
    void aRunThatLeftWhatWasExpectedIsFaultless() {
        assertThat(judged()).isEqualTo(Verdict.FAULTLESS);
        judged().assertFaultless();
    }

    @Test
    void aMissingEffectIsLost() {
        assertThat(judged("delete from managed_account where number = '20'").lost())
                .isEqualTo(1);
        assertThat(judged("delete from link where first_id = '20'").lost()).isEqualTo(1);
        assertThat(judged("update managed_account set name = 'Person 20', _rev = _rev - 1 where number = '20'")
                        .lost())
                .as("an update that was not done")
                .isEqualTo(1);
        String deleted = before.targets().entrySet().stream()
                .filter(target -> "2".equals(target.getValue().attributes().get("number")))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertThat(judged("insert into managed_account (_id, _rev, number, name) values ('" + deleted
                                + "', 0, '2', 'Person 2')")
                        .lost())
                .as("a delete that was not done")
                .isEqualTo(1);
        assertThat(judged("delete from segment_entries where phase = 'SOURCE'").lost())
                .as("entries")
                .isGreaterThan(10);
    }

    @Test
    void whatIsThereTwiceIsDuplicated() {
        assertThat(judged("insert into managed_account select 'twin', _rev, number, name from managed_account"
                                + " where number = '20'")
                        .duplicated())
                .isEqualTo(1);
        Holdings after = Holdings.of(house, "people");
        Holdings.LinkRow link = after.links().getLast();
        List<Holdings.LinkRow> links = new ArrayList<>(after.links());
        links.add(new Holdings.LinkRow(link.qualifier(), "other", link.target(), 0));
        Verdict verdict = Oracle.judge(expected, before, new Holdings(after.targets(), links), Account.of(house, RUN));
        assertThat(verdict.duplicated()).isEqualTo(1);
    }

    @Test
    void anOpThatIsToldOfTwiceIsDuplicated() {
        for (String phase : List.of("SOURCE", "DELETES")) {
            Verdict verdict = judged(
                    "insert into segment (run_id, phase, partition_no, segment_no, epoch, token, last_key, counts)"
                            + " select run_id, phase, partition_no, segment_no + 1000, epoch, 'again', last_key, counts"
                            + " from segment where run_id = '" + RUN + "' and phase = '" + phase
                            + "' and segment_no = 1",
                    "insert into segment_entries select run_id, phase, partition_no, segment_no + 1000, part_no, content"
                            + " from segment_entries where run_id = '" + RUN + "' and phase = '" + phase
                            + "' and segment_no = 1");
            assertThat(verdict.duplicated()).as(phase).isPositive();
            assertThat(verdict.wrong()).as("counts").isPositive();
            assertThat(verdict.unexplained()).as("counts").isPositive();
        }
    }

    @Test
    void whatNobodyAskedForIsAPhantom() {
        assertThat(judged("insert into managed_account (_id, _rev, number, name) values ('z', 0, '99', 'Nobody')")
                        .phantom())
                .isEqualTo(1);
        assertThat(judged(
                                "insert into link select X'6f74686572', link_type, qualifier, X'7a', 'other', 'z', 0, null, null"
                                        + " from link where first_id = '20'")
                        .phantom())
                .isEqualTo(1);
    }

    @Test
    void whatIsOtherThanExpectedIsWrong() {
        assertThat(judged("update managed_account set name = 'Other' where number = '20'")
                        .wrong())
                .isEqualTo(1);
        assertThat(judged("update managed_account set _rev = _rev + 1 where number = '20'")
                        .wrong())
                .as("a change that was made twice")
                .isEqualTo(1);
        assertThat(judged("update link set second_id = 'z', second_key = X'7a' where first_id = '20'")
                        .wrong())
                .isEqualTo(1);
        assertThat(judged("delete from segment_entries where phase = 'DELETES'").wrong())
                .as("ops that stay planned")
                .isGreaterThan(3);
    }

    @Test
    void whatTheLedgerDoesNotTellOfIsUnexplained() {
        for (String sql : List.of(
                "update managed_account set name = 'Other' where number = '20'",
                "update managed_account set _rev = _rev + 1 where number = '39'",
                "delete from managed_account where number = '20'",
                "insert into managed_account (_id, _rev, number, name) values ('z', 0, '99', 'Nobody')",
                "delete from link where first_id = '20'",
                "update link set second_id = 'z', second_key = X'7a' where first_id = '20'",
                "delete from segment_entries where phase = 'DELETES'",
                "delete from segment_entries where phase = 'SOURCE'",
                "delete from segment where phase = 'LINKS' and run_id = '" + RUN + "' and segment_no = 1",
                "update recon_run set totals = replace(totals, '\"OPS\":', '\"OPS\":1') where run_id = '" + RUN
                        + "'")) {
            assertThat(judged(sql).unexplained()).as(sql).isPositive();
        }
    }

    @Test
    void aVerdictOnFaultsFailsWithTheFirstOfThem() {
        Verdict verdict = judged("delete from managed_account where number = '20'");
        assertThatThrownBy(verdict::assertFaultless)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost 1, duplicated 0")
                .hasMessageContaining("20");
    }

    @Test
    void equalClaimantsMayChangePlaces() {
        String swap = "update link set first_id = '77', first_key = X'3737' where first_id = '38'";
        Expectation strict = expected.stateOnly();
        Verdict verdict = judgedBy(strict, swap);
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.phantom()).isEqualTo(1);
        Verdict tolerant = judgedBy(strict.withEqualClaimants(List.of(Set.of("38", "77"))), swap);
        assertThat(tolerant.lost() + tolerant.phantom() + tolerant.wrong()).isZero();
    }

    @Test
    void whatTwoRunsDidTogetherIsComparedByItsChanges() {
        Holdings after = Holdings.of(house, "people");
        Expectation both = Expectation.of(after, Account.of(house, "first-run"), Account.of(house, RUN))
                .changesOnly();
        Holdings nothing = new Holdings(Map.of(), List.of());
        assertThat(Oracle.judge(both, nothing, after, Account.of(house, RUN)).lost())
                .as("what only the first run did")
                .isGreaterThan(30);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aSecondRunThatChangesSomethingIsFound() {
        house.get(JdbcTemplate.class).update(quoted("update managed_account set name = 'Other' where number = '20'"));
        assertThatThrownBy(() -> SecondRun.changesNothing(house, "people", "second-run"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UPDATED in a second run");
        SecondRun.changesNothing(house, "people", "third-run");
    }

    private Verdict judged(String... faults) {
        return judgedBy(expected, faults);
    }

    /** Faults are planted, judged and taken back. */
    private Verdict judgedBy(Expectation expectation, String... faults) {
        return inRolledBackTransaction(() -> {
            for (String fault : faults) {
                int rows = house.get(JdbcTemplate.class).update(quoted(fault));
                assertThat(rows).as(fault).isPositive();
            }
            return Oracle.judge(expectation, before, Holdings.of(house, "people"), Account.of(house, RUN));
        });
    }

    /** Names as the tables of managed types spell them. */
    private static String quoted(String sql) {
        return sql.contains("managed_account")
                ? sql.replaceAll("\\b(managed_account|_id|_rev|number|name)\\b", "\"$1\"")
                : sql;
    }

    private <T> T inRolledBackTransaction(Supplier<T> work) {
        return new TransactionTemplate(house.get(PlatformTransactionManager.class)).execute(status -> {
            status.setRollbackOnly();
            return work.get();
        });
    }

    private static Path home(Path folder) throws IOException {
        Path home = folder.resolve("home");
        write(home.resolve("jobs/systems/staff.yaml"), """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write(home.resolve("jobs/managed/account.yaml"), """
                name: account
                attributes:
                  number: {type: string}
                  name: {type: string}
                """);
        write(home.resolve("jobs/people.yaml"), """
                name: people
                source: system/staff/person
                target: managed/account
                feedSize: 7
                taskThreads: 1
                correlation: {any: [number]}
                properties:
                  - {target: number, source: _id}
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: MISSING, action: CREATE}
                  - {situation: AMBIGUOUS, action: EXCEPTION}
                  - {situation: SOURCE_MISSING, action: DELETE}
                  - {situation: LINK_ONLY, action: UNLINK}
                """);
        people(home, 0, 35, "Person");
        return home;
    }

    private static void people(Path home, int from, int to, String word) throws IOException {
        StringBuilder rows = new StringBuilder("number,name\n");
        for (int i = from; i < to; i++) {
            String name = i % 4 == 0 ? word : "Person";
            rows.append(i).append(',').append(name).append(' ').append(i).append('\n');
        }
        write(home.resolve("jobs/data/people.csv"), rows.toString());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
