package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The setting that operators have when they do not trust plain scripts: it decides, and makes no other difference. */
class PlainRuledOutIT {

    private static final String MAPPING = "hr-to-users";

    @TempDir
    Path folder;

    private record Outcome(Object counts, List<Map<String, Object>> users) {}

    @Test
    void theSampleCompanyIsTheSameWithAndWithoutPlainScripts() {
        assertThat(run("engine", false)).isEqualTo(run("plain", true));
    }

    private Outcome run(String name, boolean plain) {
        CompanyHome home = CompanyHome.in(folder.resolve(name));
        try (TestDatabase database = Databases.H2.fresh();
                House house = House.on(home.folder(), database)
                        .set("concord.scripts.plain", String.valueOf(plain))
                        .open()) {
            GraalScripts scripts = (GraalScripts) house.get(Scripts.class);
            scripts.run(
                    new ScriptSource("source.trim()", null, Map.of(), new Place("x.yaml", 1, "")),
                    Map.of("source", " a "),
                    new SampleObjects());
            assertThat(scripts.isStarted()).isEqualTo(!plain);
            RunView run = house.run(MAPPING, "the-run");
            assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
            return new Outcome(
                    run.counts().ops(),
                    house.get(JdbcTemplate.class)
                            .queryForList("select * from \"managed_alpha_user\" order by \"_id\""));
        }
    }
}
