package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.audit.AuditEntry;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditQuery;
import dev.concord.audit.AuditTrail;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.run.Retention;
import dev.concord.run.Retention.Pruned;
import dev.concord.run.RunRefused;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What goes of runs by itself, whatever database they are in. */
abstract class RetentionContract {

    private final Databases kind;

    @TempDir
    private Path home;

    RetentionContract(Databases kind) {
        this.kind = kind;
    }

    @Test
    void runsLoseTheirEntriesAtTheEndOfTheNextOnesAndAreForgottenLater() throws IOException {
        write("reconAssociation: {maxNonAnalysisRunsPerMapping: 2, maxAnalysisRunsPerMapping: 1}");
        try (TestDatabase database = kind.fresh();
                House house = House.on(home, database)
                        .set("concord.retention.most", "4")
                        .open()) {
            RunView first = house.run("hr-users", "run-1");
            house.analyze("hr-users", "look-1");
            house.analyze("hr-users", "look-2");
            house.run("hr-users", "run-2");
            house.run("hr-users", "run-3");

            assertThat(dropped(house)).containsExactly("look-1", "run-1");
            List<AuditEntry> lines = pruned(house);
            assertThat(lines).as("one each time that something went").hasSize(2);
            assertThat(lines.getFirst().actor().name()).isEqualTo("retention");
            assertThat(lines.getFirst().deed().mapping()).isEqualTo("hr-users");
            assertThat(lines.getFirst().deed().details().get("runs").toString())
                    .contains("kind=full", "entriesDropped=1", "runsForgotten=0", "entriesKept=PT2160H")
                    .contains("endedUntil=" + first.run().ended());
            RunView now = house.find("run-1").orElseThrow();
            assertThat(now.counts().toJson()).isEqualTo(first.counts().toJson());
            assertThat(now.tasks()).isEqualTo(first.tasks());
            assertThat(house.get(LedgerReader.class).segments("run-1", counts -> true))
                    .isEmpty();
            assertThat(rows(house, "BATCH_JOB_INSTANCE")).isEqualTo(3);
            assertThatThrownBy(() -> house.restart("run-1")).isInstanceOf(RunRefused.class);

            house.run("hr-users", "run-4");
            assertThat(house.find("run-1")).isPresent();
            write("reconAssociation: {maxNonAnalysisRunsPerMapping: 0}");
            assertThat(house.get(Retention.class).preview(null)).contains(new Pruned("hr-users", "full", 1, 0));
            house.run("hr-users", "run-5");

            assertThat(house.find("run-1")).isEmpty();
            assertThat(dropped(house)).containsExactly("look-1", "run-2", "run-3", "run-4");
            assertThat(rows(house, "segment_entries")).isPositive();
            assertThat(house.get(Retention.class).preview(null)).isEmpty();
            int before = pruned(house).size();
            house.get(Retention.class).pruneByRule(null, () -> true);
            assertThat(pruned(house)).as("nothing went").hasSize(before);
        }
    }

    private static List<AuditEntry> pruned(House house) {
        return house.get(AuditTrail.class)
                .newest(new AuditQuery(null, AuditEvent.RUNS_PRUNED, null, null), Long.MAX_VALUE, 100);
    }

    private static List<String> dropped(House house) {
        return house.get(Runs.class).newest(null, 100).stream()
                .filter(run -> run.entriesDropped() != null)
                .map(Run::id)
                .sorted()
                .toList();
    }

    private static long rows(House house, String table) {
        Long rows = house.get(JdbcTemplate.class).queryForObject("select count(*) from " + table, Long.class);
        return rows == null ? 0 : rows;
    }

    private void write(String more) throws IOException {
        file("jobs/hr-users.yaml", """
                name: hr-users
                source: system/hr/person
                target: managed/account
                persistAssociations: true
                taskThreads: 0
                feedSize: 2
                properties:
                  - {target: userName, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """ + more + "\n");
        file("jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        file("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, required: true}
                """);
        file("jobs/data/people.csv", "number,name\n1,Ada\n2,Grace\n3,Edsger\n");
    }

    private void file(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
