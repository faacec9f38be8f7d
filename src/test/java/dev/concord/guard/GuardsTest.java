package dev.concord.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Situation;
import dev.concord.mapping.Threshold;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuardsTest {

    private static Guards guards(Run.Facts facts, Map<Guard, Threshold> mapping, Map<Guard, Long> approved) {
        return new Guards(RunKind.FULL, facts, GuardLimits.of(Map.of(), mapping, Map.of()), approved);
    }

    private static Guards defaults(Run.Facts facts) {
        return guards(facts, Map.of(), Map.of());
    }

    private static Tally planned(long deletes, long unlinks) {
        return new Tally(0, 0, 0, 0, 0, deletes, unlinks);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 100, 0, false",
        "1000, 101, 0, true",
        "1000, 60, 41, true",
        "1000, 60, 40, false",
        "0, 1, 0, false",
        "0, 2, 0, true",
        "15, 7, 0, false",
        "15, 8, 0, true",
        "15, 0, 15, true",
        "2, 2, 0, true",
        "2, 1, 0, false",
        "1, 1, 0, false",
        "39, 19, 1, true",
        "40, 20, 0, false",
        "0, 0, 21, true",
        "50, 15, 5, false",
        "50, 15, 6, true",
        "209, 20, 0, false",
        "209, 21, 0, true",
    })
    void withoutConfigurationDeletesAndUnlinksCountTogether(long links, long deletes, long unlinks, boolean stops) {
        assertThat(!defaults(new Run.Facts(-1, -1, links))
                        .deletes(planned(deletes, unlinks))
                        .isEmpty())
                .isEqualTo(stops);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 10, false",
        "20, 11, true",
        "400, 20, false",
        "400, 21, true",
        "3, 1, false",
        "3, 2, true",
        "0, 2, true"
    })
    void whereNothingIsLinkedAtMostHalfOfTheTargetsGo(long targets, long deletes, boolean stops) {
        for (long links : List.of(0L, -1L)) {
            assertThat(!defaults(new Run.Facts(-1, targets, links))
                            .deletes(planned(deletes, 0))
                            .isEmpty())
                    .isEqualTo(stops);
        }
    }

    @Test
    void whoNamesTheRecordsMayLetThemGoWhereNothingIsLinked() {
        Guards named = new Guards(RunKind.SINGLE, new Run.Facts(-1, -1, 0), GuardLimits.DEFAULTS, Map.of());
        assertThat(named.deletes(planned(20, 0))).isEmpty();
        assertThat(named.deletes(planned(21, 0))).hasSize(1);
    }

    @Test
    void whoHasSetALimitOrTakesARunBackMayLetASmallSetGo() {
        Run.Facts facts = new Run.Facts(-1, -1, 10);
        assertThat(defaults(facts).deletes(planned(10, 0)))
                .singleElement()
                .extracting(Excess::told)
                .isEqualTo("10 deletes and unlinks were planned; allowed are half of 10 links.");
        assertThat(guards(facts, Map.of(Guard.DELETES, new Threshold.Count(10)), Map.of())
                        .deletes(planned(10, 0)))
                .isEmpty();
        assertThat(new Guards(RunKind.UNDO, facts, GuardLimits.DEFAULTS, Map.of()).deletes(planned(10, 0)))
                .isEmpty();
    }

    @Test
    void whoLimitsOneOfThemLeavesTheOtherItsDefault() {
        Run.Facts facts = new Run.Facts(-1, -1, 1000);
        Guards guards = guards(facts, Map.of(Guard.DELETES, new Threshold.Count(5)), Map.of());
        assertThat(guards.deletes(planned(5, 100))).isEmpty();
        assertThat(guards.deletes(planned(6, 101)))
                .extracting(Excess::guard)
                .containsExactly(Guard.DELETES, Guard.UNLINKS);
        Guards free = guards(facts, Map.of(Guard.UNLINKS, new Threshold.None()), Map.of());
        assertThat(free.deletes(planned(100, 1000))).isEmpty();
        assertThat(free.deletes(planned(101, 0))).extracting(Excess::subject).containsExactly("deletes");
    }

    @Property
    void whatWasApprovedIsAllowedAndNotOneMore(@ForAll @LongRange(min = 101, max = 1000) long shown) {
        Guards guards = guards(new Run.Facts(-1, -1, 1000), Map.of(), Map.of(Guard.DELETES, shown));
        assertThat(guards.deletes(planned(shown - 7, 7))).isEmpty();
        assertThat(guards.deletes(planned(shown - 7, 8))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 800, false",
        "1000, 799, true",
        "100, 80, false",
        "100, 79, true",
        "50, 30, false",
        "50, 29, true",
        "20, 10, false",
        "20, 9, true",
        "1000, 1200, false",
        "-1, 0, false",
        "1000, 0, true"
    })
    void aSourceMayShrinkByAFifthAndByTwenty(long before, long now, boolean stops) {
        Run.Facts facts = new Run.Facts(Math.max(now, 1), -1, 0, before);
        assertThat(defaults(facts).sourceShrink(now).isPresent()).isEqualTo(stops);
    }

    @Test
    void aSourceThatWasEmptyFromTheStartIsLeftToTheOtherGuard() {
        assertThat(defaults(new Run.Facts(0, -1, 0, 1000)).sourceShrink(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RunKind.class, names = "FULL", mode = EnumSource.Mode.EXCLUDE)
    void onlyFullRunsMissRecords(RunKind kind) {
        Run.Facts facts = new Run.Facts(1, -1, 0, 1000);
        assertThat(new Guards(kind, facts, GuardLimits.DEFAULTS, Map.of()).sourceShrink(1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, 100, false",
        "499, 100, false",
        "504, 101, true",
        "505, 101, false",
        "100, 100, false",
        "101, 101, true"
    })
    void failuresMayBeAFifthAndAHundred(long ops, long failures, boolean stops) {
        Tally tally = new Tally(0, ops, failures, 0, 0, 0, 0);
        assertThat(!defaults(Run.Facts.UNKNOWN).onTheWay(tally, false).isEmpty())
                .isEqualTo(stops);
    }

    @Test
    void aPercentageOfFewOpsSaysNothingBeforeTheEndOfThePhase() {
        Guards guards = guards(Run.Facts.UNKNOWN, Map.of(Guard.FAILURES, new Threshold.Percent(5)), Map.of());
        Tally early = new Tally(0, 99, 6, 0, 0, 0, 0);
        assertThat(guards.onTheWay(early, false)).isEmpty();
        assertThat(guards.onTheWay(early, true)).hasSize(1);
        assertThat(guards.onTheWay(new Tally(0, 100, 6, 0, 0, 0, 0), false)).hasSize(1);
        Guards counted = guards(Run.Facts.UNKNOWN, Map.of(Guard.FAILURES, new Threshold.Count(0)), Map.of());
        assertThat(counted.onTheWay(new Tally(0, 1, 1, 0, 0, 0, 0), false)).hasSize(1);
    }

    @Test
    void createsAreMeasuredByAllThatWillBeVisited() {
        Map<Guard, Threshold> tenth = Map.of(Guard.CREATES, new Threshold.Percent(10));
        Tally firstPage = new Tally(100, 100, 0, 0, 100, 0, 0);
        assertThat(guards(new Run.Facts(1000, -1, 0), tenth, Map.of()).onTheWay(firstPage, false))
                .isEmpty();
        assertThat(guards(Run.Facts.UNKNOWN, tenth, Map.of()).onTheWay(firstPage, false))
                .hasSize(1);
    }

    @Test
    void whoeverApprovesFailuresIsNotAskedAgain() {
        Tally tally = new Tally(0, 1000, 900, 500, 0, 0, 0);
        Map<Guard, Threshold> limits = Map.of(Guard.UPDATES, new Threshold.Count(3));
        assertThat(guards(Run.Facts.UNKNOWN, limits, Map.of()).onTheWay(tally, false))
                .hasSize(2);
        assertThat(guards(Run.Facts.UNKNOWN, limits, Map.of(Guard.FAILURES, 200L, Guard.UPDATES, 4L))
                        .onTheWay(tally, false))
                .isEmpty();
    }

    @Test
    void aTallyLeavesOutWhatRulesWantAndWhatIsDoneInTheDeletesStep() {
        Counts source = new Counts();
        source.add(Measure.RECORDS, 10);
        source.add(Measure.OPS, 10);
        source.add(Measure.UPDATED, 2);
        source.add(Measure.CREATED, 1);
        source.addOp(new OpKind(Situation.AMBIGUOUS, Action.EXCEPTION, Outcome.RULE), 1);
        source.addOp(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.SCRIPT), 2);
        source.addOp(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.CHANGED), 1);
        source.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.PLANNED), 3);
        source.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.WITHHELD), 1);
        source.addOp(new OpKind(Situation.LINK_ONLY, Action.UNLINK, Outcome.PLANNED), 1);
        Counts deletes = new Counts();
        deletes.add(Measure.RECORDS, 3);
        deletes.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.PLANNED), -3);
        deletes.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.SUCCESS), 3);
        assertThat(Tally.NOTHING.plus(Phase.SOURCE, source).plus(Phase.DELETES, deletes))
                .isEqualTo(new Tally(10, 10, 3, 2, 1, 3, 1));
    }

    @Test
    void whatHappenedIsToldInASentence() {
        Guards guards = defaults(new Run.Facts(488, -1, 1000, 976));
        assertThat(guards.deletes(planned(400, 12)).getFirst().told())
                .isEqualTo("412 deletes and unlinks were planned; allowed are 10 % of 1,000 links, and at least 20.");
        assertThat(guards.sourceShrink(488).orElseThrow().told())
                .isEqualTo("The source has 488 records fewer than the last full run visited; allowed are 20 % of 976"
                        + " source records, and at least 20.");
        assertThat(guards.onTheWay(new Tally(0, 500, 130, 0, 0, 0, 0), false)
                        .getFirst()
                        .told())
                .isEqualTo("130 records failed so far; allowed are 20 % of 500 ops, and at least 100.");
    }
}
