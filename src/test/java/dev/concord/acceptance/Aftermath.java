package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.testing.House;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run left behind: targets and links, and its own account of what it did. Durations and repetitions are left
 * out, and the number of pages, because one that takes long is committed in parts.
 */
record Aftermath(Contents world, Contents entries, Map<Phase, Map<String, Long>> counts) {

    static Aftermath of(House house, RunView view, String target) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        return new Aftermath(
                Contents.objects(house, List.of(target)).and(Contents.links(house)),
                Contents.entries(house, view),
                counts(view));
    }

    void assertSameAs(Aftermath undisturbed) {
        assertSameWorldAs(undisturbed);
        entries.assertEqualTo(undisturbed.entries);
        assertThat(counts).isEqualTo(undisturbed.counts);
    }

    void assertSameWorldAs(Aftermath undisturbed) {
        world.assertEqualTo(undisturbed.world);
    }

    /** Runs the mapping once more, and nothing may be left to do. */
    static void assertSettled(House house, String mapping) {
        RunView again = house.run(mapping, "again");
        assertThat(again.run().state()).as(again.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(again.counts().failures()).isZero();
        for (Measure change : List.of(
                Measure.CREATED,
                Measure.UPDATED,
                Measure.DELETED,
                Measure.LINKS_CREATED,
                Measure.LINKS_REPOINTED,
                Measure.LINKS_REMOVED)) {
            assertThat(again.counts().get(change)).as(change.name()).isZero();
        }
    }

    private static Map<Phase, Map<String, Long>> counts(RunView view) {
        Map<Phase, Map<String, Long>> counts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            Map<String, Long> numbers = new TreeMap<>();
            view.counts(phase).ops().forEach((kind, number) -> numbers.put(kind.toString(), number));
            for (Measure measure : Measure.values()) {
                if (measure != Measure.NANOSECONDS && measure != Measure.PAGES && measure != Measure.RETRIES) {
                    numbers.put(measure.name(), view.counts(phase).get(measure));
                }
            }
            counts.put(phase, numbers);
        }
        return counts;
    }
}
