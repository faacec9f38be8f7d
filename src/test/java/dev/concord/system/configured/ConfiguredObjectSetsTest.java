package dev.concord.system.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.secret.Secret;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSets;
import dev.concord.system.file.FileObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class ConfiguredObjectSetsTest {

    private static final Place PLACE = new Place("x.yaml", 1, "");

    @TempDir
    Path home;

    private final TestDatabase platform = Databases.H2.fresh();
    private final TestDatabase elsewhere = Databases.H2.fresh();

    @AfterEach
    void close() {
        platform.close();
        elsewhere.close();
    }

    @Test
    void everyKindOfSetIsOpenedByItsPathAndKept() throws IOException {
        try (ObjectSets sets = open()) {
            assertThat(sets.open("managed/user").inPlatformDatabase()).isTrue();
            assertThat(sets.open("managed/user")).isSameAs(sets.open("managed/user"));
            assertThat(sets.open("system/crm/contact").count(null)).isEqualTo(1);
            assertThat(sets.open("system/hr/employee")
                            .scan(KeyRange.ALL, null, 5, null)
                            .items())
                    .hasSize(1);
            for (String path : List.of("managed/user", "system/crm/contact", "system/hr/employee")) {
                assertThat(sets.open(path).name()).isEqualTo(path);
            }
        }
    }

    @Test
    void aPathThatDoesNotExistIsAnsweredWithThoseThatDo() throws IOException {
        try (ObjectSets sets = open()) {
            for (String path : List.of(
                    "managed/usr",
                    "system/crm",
                    "system/crm/person",
                    "system/nobody/x",
                    "",
                    "user",
                    "managed/user/1",
                    "repo/link")) {
                assertThatThrownBy(() -> sets.open(path))
                        .as(path)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("'" + path + "'")
                        .hasMessageContaining("managed/user, system/crm/contact, system/hr/employee");
            }
        }
    }

    @Test
    void setsThatAreClosedStayClosed() throws IOException {
        ObjectSets sets = open();
        sets.open("system/crm/contact");
        sets.close();
        assertThatThrownBy(() -> sets.open("managed/user")).isInstanceOf(IllegalStateException.class);
        sets.close();
    }

    private ObjectSets open() throws IOException {
        new ResourceDatabasePopulator(new FileSystemResource("sql/h2/V2__pending_file_change.sql"))
                .execute(platform.dataSource());
        elsewhere.execute("create table contact (id integer primary key)", "insert into contact values (1)");
        Path jobs = home.resolve("jobs");
        Files.createDirectories(jobs.resolve("systems"));
        Files.writeString(jobs.resolve("systems/hr.csv"), "id,name\n1,Ann\n");
        Map<String, SystemDefinition> systems = Map.of(
                "crm",
                new SystemDefinition.Jdbc(
                        "crm",
                        Secret.of(elsewhere.url()),
                        Secret.of("sa"),
                        Secret.of(""),
                        null,
                        Map.of(
                                "contact",
                                new SystemDefinition.TableObjects("contact", "id", null, Map.of(), Map.of(), PLACE)),
                        PLACE),
                "hr",
                new SystemDefinition.Files(
                        "hr",
                        SystemDefinition.Format.CSV,
                        Map.of(
                                "employee",
                                new SystemDefinition.FileObjects("hr.csv", "id", ',', "UTF-8", Map.of(), PLACE)),
                        PLACE));
        ManagedType user = new ManagedType("user", Map.of("name", AttributeDefinition.string("name")), PLACE);
        Definitions definitions = new Definitions(Map.of(), systems, Map.of("user", user), List.of(), Map.of());
        FileObjectSets files = new FileObjectSets(jobs, home.resolve("data"), platform.dataSource());
        return new ConfiguredObjectSets.Parts(platform.dataSource(), jobs, 2, files::open).of(definitions);
    }
}
