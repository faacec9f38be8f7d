package dev.concord.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.OldRuns.Old;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.mapping.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RetentionSettings SETTINGS = new RetentionSettings(
            Duration.ofDays(90),
            Duration.ofDays(400),
            6,
            Map.of("single", new RetentionSettings.Own(Duration.ofDays(1), null, 3)));

    private final List<Old> newestFirst = new ArrayList<>();

    @Test
    void theNewestOfEachKindKeepTheirEntries() {
        add("f4", RunKind.FULL, RunState.SUCCESS, 0);
        add("s1", RunKind.SINGLE, RunState.SUCCESS, 0);
        add("f3", RunKind.FULL, RunState.SUCCESS, 1);
        add("f2", RunKind.FULL, RunState.SUCCESS, 2);
        add("f1", RunKind.FULL, RunState.SUCCESS, 3);

        assertThat(entries(new Mapping.Retention(2, 5))).containsExactly("f2", "f1");
    }

    @Test
    void entriesGoByTheirAgeAndRunsByTheirs() {
        add("f3", RunKind.FULL, RunState.SUCCESS, 0);
        add("f2", RunKind.FULL, RunState.SUCCESS, 91);
        add("f1", RunKind.FULL, RunState.SUCCESS, 401);

        assertThat(entries(Mapping.Retention.USUAL)).containsExactly("f2", "f1");
        assertThat(runs()).containsExactly("f1");
    }

    @Test
    void whatHoldsForAKindGoesBeforeWhatHoldsForAll() {
        for (int i = 0; i < 5; i++) {
            add("s" + i, RunKind.SINGLE, RunState.SUCCESS, i);
        }

        assertThat(entries(Mapping.Retention.USUAL)).containsExactly("s2", "s3", "s4");
        assertThat(runs()).containsExactly("s3", "s4");
    }

    @Test
    void theLastFullRunThatWentWellIsKeptWhateverItsAge() {
        add("f3", RunKind.FULL, RunState.FAILED, 500);
        add("f2", RunKind.FULL, RunState.SUCCESS, 600);
        add("f1", RunKind.FULL, RunState.SUCCESS, 700);

        assertThat(entries(new Mapping.Retention(0, 0))).containsExactly("f1");
    }

    @Test
    void whatCanBeContinuedIsKeptAsLongAsItIsTheNewestOfItsKind() {
        add("f2", RunKind.FULL, RunState.CANCELED, 500);
        add("f1", RunKind.FULL, RunState.CANCELED, 501);
        add("s1", RunKind.SINGLE, RunState.FAILED, 502);

        assertThat(entries(new Mapping.Retention(0, 0))).containsExactly("f1");
    }

    @Test
    void activeAndWaitingRunsAreKeptAndSoIsWhatUnfinishedOnesRead() {
        add("a", RunKind.APPLY, RunState.ACTIVE, -1);
        add("w", RunKind.FULL, RunState.FAILED, 500, RunCondition.WAITING_FOR_APPROVAL);
        add("n", RunKind.FULL, RunState.SUCCESS, 500);
        add("p", RunKind.FULL, RunState.SUCCESS, 500);
        add("o", RunKind.FULL, RunState.SUCCESS, 500);

        RetentionPlan plan = RetentionPlan.of(newestFirst, Set.of("p"), new Mapping.Retention(0, 0), SETTINGS, NOW);

        assertThat(plan.entries()).extracting(Old::id).containsExactly("o");
    }

    @Test
    void whatWasBegunWithGoesOn() {
        newestFirst.add(new Old("f1", RunKind.FULL, false, RunState.SUCCESS, null, NOW, true, false));

        assertThat(entries(Mapping.Retention.USUAL)).containsExactly("f1");
    }

    private List<String> entries(Mapping.Retention counts) {
        return RetentionPlan.of(newestFirst, Set.of(), counts, SETTINGS, NOW).entries().stream()
                .map(Old::id)
                .toList();
    }

    private List<String> runs() {
        return RetentionPlan.of(newestFirst, Set.of(), Mapping.Retention.USUAL, SETTINGS, NOW).runs().stream()
                .map(Old::id)
                .toList();
    }

    private void add(String id, RunKind kind, RunState state, int days) {
        add(id, kind, state, days, null);
    }

    private void add(String id, RunKind kind, RunState state, int days, @Nullable RunCondition condition) {
        newestFirst.add(new Old(
                id, kind, false, state, condition, days < 0 ? null : NOW.minus(Duration.ofDays(days)), false, false));
    }
}
