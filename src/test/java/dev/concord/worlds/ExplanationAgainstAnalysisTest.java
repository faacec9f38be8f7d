package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.explanation.Decision;
import dev.concord.explanation.Explanation;
import dev.concord.explanation.Explanation.Side;
import dev.concord.explanation.Explanation.Subject;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.model.World;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.Worlds;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In random worlds, an explanation says of each record what an analysis reports of it, and leaves nothing behind. */
class ExplanationAgainstAnalysisTest {

    private static final Settings SETTINGS = new Settings(1000, 0);
    private static final int FIRST = 40_000;
    private static final int WORLDS = 60;

    private final Set<Situation> fromSource = EnumSet.noneOf(Situation.class);
    private final Set<Situation> fromTarget = EnumSet.noneOf(Situation.class);
    private int failures;
    private int differences;

    @Test
    void anExplanationIsWhatAnAnalysisReports() {
        try (Silence _ = new Silence();
                PlatformDatabase database = PlatformDatabase.fresh(Databases.H2);
                Scripts scripts = new GraalScripts()) {
            WorldDriver driver = new WorldDriver(database, scripts);
            for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
                World world = Worlds.random(seed);
                driver.load(world);
                sourcesAreExplained(world, driver);
                targetsAreExplained(world, driver);
            }
        }
        assertThat(fromSource).containsExactlyInAnyOrderElementsOf(reachableFromSource());
        assertThat(fromTarget)
                .containsExactlyInAnyOrder(
                        Situation.CONFIRMED,
                        Situation.UNASSIGNED,
                        Situation.UNQUALIFIED,
                        Situation.SOURCE_MISSING,
                        Situation.TARGET_IGNORED,
                        Situation.LINK_ONLY);
        assertThat(failures).isGreaterThan(20);
        assertThat(differences).isGreaterThan(100);
    }

    /** A target without an owner is never come across from the source's side. */
    private static Set<Situation> reachableFromSource() {
        Set<Situation> all = EnumSet.allOf(Situation.class);
        all.remove(Situation.UNASSIGNED);
        return all;
    }

    private void sourcesAreExplained(World world, WorldDriver driver) {
        List<String> ids = Stream.concat(
                        world.sources().stream().map(SourceRecord::id).filter(Objects::nonNull),
                        Stream.concat(world.links().stream().map(World.Link::source), Stream.of("nobody")))
                .distinct()
                .toList();
        List<Entry> analysed = driver.analysed(world, SETTINGS, ids).get(Phase.SOURCE);
        List<Entry> explained = new ArrayList<>();
        Map<String, Long> rows = driver.rows();
        for (String id : ids) {
            explained.addAll(entries(driver.explain(world, SETTINGS, new Subject(Side.SOURCE, id)), fromSource));
        }
        assertThat(explained).as(world::toString).isEqualTo(analysed);
        assertThat(driver.rows()).as("what an explanation leaves behind").isEqualTo(rows);
        assertThat(driver.targets(world)).isEqualTo(world.targets());
        explained.forEach(entry -> {
            failures += entry.outcome().isFailure() ? 1 : 0;
            differences += entry.differences().size();
        });
    }

    /** A full run also withholds what it cannot judge, which one record does not tell. */
    private void targetsAreExplained(World world, WorldDriver driver) {
        Map<Phase, List<Entry>> analysed = driver.analysed(world, SETTINGS, List.of());
        for (Phase phase : List.of(Phase.TARGET, Phase.LINKS)) {
            for (Entry entry : analysed.getOrDefault(phase, List.of())) {
                if (entry.outcome() != Outcome.WITHHELD) {
                    Subject subject = new Subject(Side.TARGET, String.valueOf(entry.targetId()));
                    assertThat(entries(driver.explain(world, SETTINGS, subject), fromTarget))
                            .as(world::toString)
                            .contains(entry);
                }
            }
        }
    }

    private static List<Entry> entries(Explanation explanation, Set<Situation> seen) {
        for (Decision decision : explanation.decisions()) {
            Entry entry = decision.entry();
            if (entry.situation() != null) {
                seen.add(entry.situation());
                assertThat(decision.why()).isNotBlank();
            }
            boolean builds = entry.action() == Action.CREATE || entry.action() == Action.UPDATE;
            if (builds && !decision.failed()) {
                assertThat(decision.wanted()).isNotNull();
            }
        }
        return explanation.decisions().stream().map(Decision::entry).toList();
    }
}
