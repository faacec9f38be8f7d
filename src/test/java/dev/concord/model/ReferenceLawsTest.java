package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.model.World.Link;
import dev.concord.model.World.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds of every run of every world, whatever the rules say. */
class ReferenceLawsTest {

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void everyRunKeepsTheLaws(@ForAll long seed) {
        World world = Worlds.random(seed);
        for (Outcome outcome : Reference.play(world)) {
            totalsAddUp(outcome);
            whatIsCountedIsWhatChanged(world, outcome);
            linksAreUniqueBothWays(world, outcome);
            uniqueValuesAreUnique(world, outcome);
            nothingIsJudgedTwice(world, outcome);
            failedOpsChangeNothing(outcome);
            lookingWritesNothing(world, outcome);
            world = world.with(outcome.targets(), outcome.links());
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void playingAWorldAgainGivesTheSame(@ForAll long seed) {
        assertThat(Reference.play(Worlds.random(seed))).isEqualTo(Reference.play(Worlds.random(seed)));
    }

    private static void totalsAddUp(Outcome outcome) {
        int situations = outcome.situationSummary().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        long failedWithout = outcome.ops().stream()
                .filter(op -> op.situation() == null && op.failed())
                .count();
        assertThat(situations + failedWithout).isEqualTo(outcome.ops().size());
        if (outcome.refused()) {
            assertThat(outcome.ops()).isEmpty();
        }
    }

    private static void whatIsCountedIsWhatChanged(World before, Outcome outcome) {
        if (outcome.run().analyze()) {
            return;
        }
        assertThat(outcome.targets().size())
                .isEqualTo(before.targets().size() + outcome.count(Effect.CREATED) - outcome.count(Effect.DELETED));
        assertThat(outcome.links().size())
                .isEqualTo(before.links().size() + outcome.count(Effect.LINKED) - outcome.count(Effect.UNLINKED));
        if (!outcome.wrote()) {
            assertThat(outcome.targets()).isEqualTo(before.targets());
            assertThat(outcome.links()).isEqualTo(before.links());
        }
        assertThat(others(outcome.links())).isEqualTo(others(before.links()));
        if (!before.flags().enableLinking()) {
            assertThat(outcome.links()).isEqualTo(before.links());
        }
    }

    private static List<Link> others(List<Link> links) {
        return links.stream().filter(l -> !l.type().equals(World.LINK_TYPE)).toList();
    }

    private static void linksAreUniqueBothWays(World world, Outcome outcome) {
        Set<String> keys = new HashSet<>();
        for (Link link : outcome.links()) {
            String side = link.type() + " " + link.qualifier() + " ";
            assertThat(keys.add(
                            side + "source " + key(link.source(), world.flags().sourceIdsCaseSensitive())))
                    .as("first link of source %s", link)
                    .isTrue();
            assertThat(keys.add(
                            side + "target " + key(link.target(), world.flags().targetIdsCaseSensitive())))
                    .as("first link of target %s", link)
                    .isTrue();
        }
    }

    private static String key(String id, boolean caseSensitive) {
        return caseSensitive ? id : id.toLowerCase(Locale.ROOT);
    }

    private static void uniqueValuesAreUnique(World world, Outcome outcome) {
        if (world.unique() != null) {
            List<String> values = outcome.targets().values().stream()
                    .map(t -> t.get(world.unique()))
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(values).doesNotHaveDuplicates();
        }
    }

    /**
     * No pair of target and qualifier is judged in the target phase that an op of the source phase had, or twice there.
     */
    private static void nothingIsJudgedTwice(World world, Outcome outcome) {
        Set<List<String>> judged = new HashSet<>();
        for (Op op : outcome.ops()) {
            // A second try finds what the target phase left: targets that were judged there, or ids of such as are
            // gone.
            if (op.qualifier() == null || op.targetId() == null || op.again()) {
                continue;
            }
            List<String> pair = List.of(key(op.targetId(), world.flags().targetIdsCaseSensitive()), op.qualifier());
            boolean first = judged.add(pair);
            assertThat(first || op.phase() == Phase.SOURCE).as("%s", op).isTrue();
            op.candidates().forEach(id -> judged.add(List.of(id, op.qualifier())));
        }
    }

    private static void failedOpsChangeNothing(Outcome outcome) {
        for (Op op : outcome.ops()) {
            if (op.failed() && op.ending() != Ending.POST_ACTION_THREW) {
                assertThat(op.effects()).as("%s", op).isEmpty();
            }
        }
        boolean nameless = outcome.ops().stream().anyMatch(op -> op.ending() == Ending.UNREADABLE_WITHOUT_ID);
        if (nameless) {
            assertThat(outcome.ops())
                    .noneMatch(
                            op -> (op.situation() == Situation.SOURCE_MISSING || op.situation() == Situation.UNASSIGNED)
                                    && op.effects().stream().anyMatch(Effect::isWrite));
        }
    }

    private static void lookingWritesNothing(World before, Outcome outcome) {
        if (outcome.run().analyze() || outcome.refused()) {
            assertThat(outcome.targets()).isEqualTo(before.targets());
            assertThat(outcome.links()).isEqualTo(before.links());
        }
    }

    /**
     * After a run without failures, deletes and unlinks, the next one writes nothing. It holds where no two records
     * pull at one target, no rule treats a linked record otherwise than a new one, and no row looks at what was there:
     * the calm worlds, without those in which a record had several or taken candidates.
     */
    @Property(tries = 6_000, shrinking = ShrinkingMode.OFF)
    void aCalmWorldSettlesInOneRun(@ForAll long seed) {
        Run full = new Run(new Run.Kind.Full(), false);
        World world = Worlds.random(seed).withRuns(List.of(full, full));
        if (!isCalm(world)) {
            return;
        }
        List<Outcome> outcomes = Reference.play(world);
        if (settles(outcomes.getFirst())) {
            assertThat(outcomes.getLast().wrote()).as("%s\n%s", world, outcomes).isFalse();
        }
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void manyCalmWorldsHaveSomethingToSettle() {
        Run full = new Run(new Run.Kind.Full(), false);
        List<Map<Situation, Integer>> settled = new ArrayList<>();
        for (int seed = 0; seed < 3_000; seed++) {
            World world = Worlds.random(seed).withRuns(List.of(full));
            Outcome first = Reference.play(world).getFirst();
            if (isCalm(world) && settles(first) && first.wrote()) {
                settled.add(first.situationSummary());
            }
        }
        assertThat(settled.size()).isGreaterThan(100);
    }

    private static boolean isCalm(World world) {
        return world.rules().isEmpty()
                && world.spelling() == World.Spelling.PINGIDM
                && world.flags().enableLinking()
                && world.labels().all().size() == 1
                && world.links().stream().noneMatch(l -> l.qualifier().equals("old"))
                && world.rows().stream().allMatch(r -> r.condition() instanceof World.Condition.Always);
    }

    private static boolean settles(Outcome first) {
        return first.recordErrors() == 0
                && first.count(Effect.DELETED) + first.count(Effect.UNLINKED) == 0
                && first.ops().stream()
                        .allMatch(op -> op.situation() != Situation.AMBIGUOUS
                                && op.situation() != Situation.FOUND_ALREADY_LINKED
                                && op.row() != TableRow.UNQUALIFIED_SOURCE_SEVERAL_HITS);
    }
}
