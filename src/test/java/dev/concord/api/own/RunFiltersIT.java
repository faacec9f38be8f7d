package dev.concord.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.PeopleHome;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody finds out by filters of runs what they are not shown. */
class RunFiltersIT {

    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        PeopleHome.in(home)
                .write("data/people.csv", "number,name,salary\n1,Ada,50000\n2,Bea,40000\n")
                .write("systems/staff.yaml", """
                        name: staff
                        type: csv
                        objects:
                          person: {file: ../data/people.csv, id: number, attributes: {salary: {type: integer, sensitive: true}}}
                        """)
                .write("managed/account.yaml", """
                        name: account
                        attributes:
                          name: {type: string}
                          pin: {type: string, sensitive: true}
                          password: {type: string, hashed: true}
                        """);
        database = Databases.H2.fresh();
        server = Server.open(home, database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operator | salary gt 45000                        | 400",
                "operator | name eq \"Ada\" and !(salary lt 45000) | 400",
                "operator | name eq \"Ada\"                        | 200",
                "admin    | salary gt 45000                        | 200",
            })
    void aFilterOfSourcesAsksOnlyForWhatIsShown(String user, String filter, int status) throws Exception {
        Answer plan = server.post(user, "/api/plans", Map.of("mapping", "people", "where", filter));
        assertThat(plan.status()).as(plan.body()).isEqualTo(status);
        while (status == 200
                && server.get("viewer", "/openidm/recon/" + plan.json().get("_id"))
                        .json()
                        .get("state")
                        .equals("ACTIVE")) {
            Thread.sleep(50);
        }
        Answer run = server.post(
                user,
                "/openidm/recon?_action=recon&mapping=people&analyze=true&waitForCompletion=true",
                Map.of("sourceQuery", Map.of("_queryFilter", filter)));
        assertThat(run.status()).as(run.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(run.body()).contains("salary", "is not shown").doesNotContain("45000");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operator | pin sw \"1\"      | 400",
                "admin    | pin sw \"1\"      | 200",
                "admin    | password sw \"$\" | 400",
                "operator | name sw \"A\"     | 200",
            })
    void aFilterOfTargetsLikewise(String user, String filter, int status) {
        Answer run = server.post(
                user,
                "/openidm/recon?_action=recon&mapping=people&analyze=true&waitForCompletion=true",
                Map.of("targetQuery", Map.of("_queryFilter", filter)));
        assertThat(run.status()).as(run.body()).isEqualTo(status);
    }
}
