package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Phase;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a run is cut up is nobody's business but the machine's: threads and pages change nothing of what comes out. */
class CompanyThreadsIT {

    /** So small that a thousand records make as many partitions as there are threads. */
    private static final int SMALLEST_PARTITION = 20;

    @ParameterizedTest(name = "taskThreads {0}, pages of {1}")
    @CsvSource({"0, 97", "1, 1000", "10, 30"})
    void theStoryIsTheSame(int threads, int pageSize, @TempDir Path folder) {
        Expected expected = Expected.read();
        CompanyHome home = CompanyHome.in(folder);
        for (String mapping : expected.mappings()) {
            home.set(mapping, "feedSize", pageSize);
            // Which of two colleagues gets their common contact depends on who comes first; this mapping keeps them in
            // order.
            if (!mapping.equals("users-to-crm")) {
                home.set(mapping, "taskThreads", threads);
            }
        }
        CompanyStory story;
        try (TestDatabase database = Databases.H2.fresh();
                House house = House.on(home.folder(), database)
                        .partitionsOf(SMALLEST_PARTITION)
                        .open()) {
            story = CompanyStory.tell(home, house, expected);
            assertThat(house.get(JdbcTemplate.class)
                            .queryForObject(
                                    "select count(*) from segment where run_id = ? and phase = ? and segment_no = 0",
                                    Integer.class,
                                    "hr-to-users-1",
                                    Phase.SOURCE.name()))
                    .as("partitions")
                    .isEqualTo(Math.max(1, threads));
        }
        List<Contents> control = Control.STORY.contents();
        for (int round = 0; round < control.size(); round++) {
            story.contents().get(round).assertEqualTo(control.get(round));
        }
        Control.STORY
                .runs()
                .forEach((name, view) ->
                        assertThat(Expected.of(story.runs().get(name))).as(name).isEqualTo(Expected.of(view)));
    }
}
