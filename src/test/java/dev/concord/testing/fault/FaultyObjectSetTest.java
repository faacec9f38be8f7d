package dev.concord.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.FileObjects;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.file.FileObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class FaultyObjectSetTest {

    @TempDir
    Path temporary;

    @Test
    void theCallsThatThePlanNamesFailAndTheOthersDoTheirWork() {
        try (TestDatabase database = database(Databases.H2.fresh())) {
            FaultPlan plan = FaultPlan.parse("count:2:before:unavailable write:1:after:transient");
            ObjectSet set = new FaultyObjectSet(people(database), plan).asTarget();
            assertThat(set.count(null)).isZero();
            assertThatThrownBy(() -> set.count(null)).isInstanceOf(SystemUnavailable.class);
            assertThatThrownBy(() -> set.write(List.of(new Write.Create("1", Map.of()))))
                    .isInstanceOf(TransientDataAccessException.class);
            assertThat(set.count(null)).isEqualTo(1);
            assertThat(plan.calls(Operation.COUNT)).isEqualTo(3);
            plan.always(Operation.COUNT, Effect.unavailable());
            assertThatThrownBy(() -> set.count(null)).isInstanceOf(SystemUnavailable.class);
            plan.clear();
            assertThat(set.count(null)).isEqualTo(1);
        }
    }

    @Test
    void writesOfNamedObjectsAreRejectedInTheirPlaces() {
        try (TestDatabase database = database(Databases.H2.fresh())) {
            FaultPlan plan = new FaultPlan().reject("2", WriteOutcome.Kind.CONSTRAINT);
            ObjectSet set = new FaultyObjectSet(people(database), plan).asTarget();
            List<WriteOutcome> outcomes = set.write(List.of(
                    new Write.Create("1", Map.of()), new Write.Create("2", Map.of()), new Write.Create("3", Map.of())));
            assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
            assertThat(outcomes.get(1)).isInstanceOf(WriteOutcome.Rejected.class);
            assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Written.class);
            assertThat(set.fetch(List.of("1", "2", "3"))).containsOnlyKeys("1", "3");
        }
    }

    @Test
    void aPlanThatCannotBeReadSaysWhatIsAllowed() {
        assertThatThrownBy(() -> FaultPlan.parse("write:1:halt"))
                .hasMessageContaining("operation:call:before|after:effect");
        assertThatThrownBy(() -> FaultPlan.parse("write:1:before:explode")).hasMessageContaining("unavailable");
    }

    @Test
    void aProcessCanBeHaltedAfterItsSecondWriteAndWhatWasCommittedIsThere() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        temporary.toString(),
                        "write:2:after:halt")
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(temporary.resolve("output")))
                    .isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
        try (TestDatabase database = Databases.h2File(temporary)) {
            assertThat(people(database).asTarget().fetch(List.of("w1", "w2", "w3")))
                    .containsOnlyKeys("w1", "w2");
        }
    }

    /** Writes until it is halted. */
    static final class Victim {
        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            TestDatabase database = database(Databases.h2File(folder));
            ObjectSet set = new FaultyObjectSet(people(folder, database), FaultPlan.parse(arguments[1]));
            for (int i = 1; i <= 3; i++) {
                set.write(List.of(new Write.Create("w" + i, Map.of())));
            }
        }
    }

    private ObjectSet people(TestDatabase database) {
        return people(temporary, database);
    }

    private static ObjectSet people(Path folder, TestDatabase database) {
        Place place = new Place("systems/hr.yaml", 1, "/objects/person");
        FileObjects objects = new FileObjects(
                folder.resolve("people.csv").toString(),
                "id",
                ',',
                "UTF-8",
                Map.of("name", AttributeDefinition.string("name")),
                place);
        SystemDefinition.Files system = new SystemDefinition.Files("hr", Format.CSV, Map.of("person", objects), place);
        return new FileObjectSets(folder, folder.resolve("data"), database.dataSource()).open(system, "person");
    }

    private static TestDatabase database(TestDatabase database) {
        new ResourceDatabasePopulator(new FileSystemResource("sql/h2/V2__pending_file_change.sql"))
                .execute(database.dataSource());
        return database;
    }
}
