package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final OpKind CREATED = new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS);
    private static final OpKind UNKNOWN_FAILURE = new OpKind(null, null, Outcome.SCRIPT);

    @Property
    void theSumOfTheSegmentsIsThatOfTheOpsInAnyOrder(
            @ForAll("listsOfCounts") List<List<Object>> segments, @ForAll Random random) {
        Counts whole = counts(segments.stream().flatMap(List::stream).toList());
        List<List<Object>> shuffled = new ArrayList<>(segments);
        Collections.shuffle(shuffled, random);

        Counts sum = new Counts();
        shuffled.forEach(segment -> sum.add(counts(segment)));

        assertSame(sum, whole);
    }

    @Property
    void countsComeBackFromTheirText(@ForAll("listsOfCounts") List<List<Object>> segments) {
        Counts counts = counts(segments.stream().flatMap(List::stream).toList());

        Counts read = Counts.fromJson(counts.toJson());

        assertSame(read, counts);
        assertThat(counts.toJson()).doesNotContain("\n");
    }

    @Property
    void whatIsTakenBackVanishes(@ForAll("listsOfCounts") List<List<Object>> segments) {
        Counts counts = counts(segments.stream().flatMap(List::stream).toList());
        Counts takenBack = new Counts();
        counts.ops().forEach((kind, number) -> takenBack.addOp(kind, -number));
        measures(counts).forEach((measure, number) -> takenBack.add(measure, -number));
        counts.times().forEach((task, time) -> takenBack.add(task, -time));

        counts.add(Counts.fromJson(takenBack.toJson()));

        assertSame(counts, new Counts());
    }

    @Test
    void aPlannedOpIsMovedToWhatBecameOfIt() {
        OpKind planned = new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.PLANNED);
        OpKind done = new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.SUCCESS);
        Counts source = new Counts();
        source.addOp(planned, 3);
        Counts deletes = new Counts();
        deletes.addOp(planned, -3);
        deletes.addOp(done, 3);

        source.add(deletes);

        assertThat(source.ops()).isEqualTo(Map.of(done, 3L));
    }

    @Test
    void opsThatFailedBeforeTheirSituationWasKnownAreCountedLast() {
        Counts counts = new Counts();
        counts.addOp(UNKNOWN_FAILURE, 2);
        counts.addOp(new OpKind(Situation.ABSENT, null, Outcome.SCRIPT), 1);
        counts.addOp(CREATED, 5);

        assertThat(Counts.fromJson(counts.toJson()).ops().keySet())
                .containsExactly(CREATED, new OpKind(Situation.ABSENT, null, Outcome.SCRIPT), UNKNOWN_FAILURE);
    }

    @Test
    void failuresAreAllOpsWhoseOutcomeIsOne() {
        Counts counts = new Counts();
        for (Outcome outcome : Outcome.values()) {
            counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, outcome), 1L << outcome.ordinal());
        }

        long notFailed = (1L << Outcome.SUCCESS.ordinal())
                + (1L << Outcome.PLANNED.ordinal())
                + (1L << Outcome.OBSOLETE.ordinal());
        assertThat(counts.failures()).isEqualTo((1L << Outcome.values().length) - 1 - notFailed);
        assertThat(counts.ops(kind -> kind.outcome() == Outcome.RULE)).isEqualTo(1L << Outcome.RULE.ordinal());
    }

    @Test
    void whatWasNeverCountedIsZero() {
        assertThat(new Counts().get(Measure.CREATED)).isZero();
        assertThat(new Counts().failures()).isZero();
        assertThat(new Counts().ops()).isEmpty();
    }

    @Provide
    Arbitrary<List<List<Object>>> listsOfCounts() {
        Arbitrary<OpKind> kinds = Combinators.combine(
                        Arbitraries.of(Situation.class).injectNull(0.2),
                        Arbitraries.of(Action.class).injectNull(0.2),
                        Arbitraries.of(Outcome.class))
                .as(OpKind::new);
        Arbitrary<Object> counted = Arbitraries.oneOf(
                kinds.asGeneric(),
                Arbitraries.of(Measure.class).asGeneric(),
                Arbitraries.of(Task.class).asGeneric());
        Arbitrary<Object> numbered = Combinators.combine(
                        counted, Arbitraries.longs().between(-3, 1_000_000_000_000L))
                .as((what, number) -> (Object) Map.entry(what, number));
        return numbered.list().ofMaxSize(12).list().ofMaxSize(6);
    }

    private static Counts counts(List<Object> numbered) {
        Counts counts = new Counts();
        for (Object each : numbered) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
            long number = (Long) entry.getValue();
            switch (entry.getKey()) {
                case OpKind kind -> counts.addOp(kind, number);
                case Measure measure -> counts.add(measure, number);
                case Task task -> counts.add(task, number);
                default -> throw new IllegalArgumentException();
            }
        }
        return counts;
    }

    static void assertSame(Counts counts, Counts wanted) {
        assertThat(counts.ops()).isEqualTo(wanted.ops());
        assertThat(measures(counts)).isEqualTo(measures(wanted));
        assertThat(counts.times()).isEqualTo(wanted.times());
    }

    private static Map<Measure, Long> measures(Counts counts) {
        Map<Measure, Long> measures = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            if (counts.get(measure) != 0) {
                measures.put(measure, counts.get(measure));
            }
        }
        return measures;
    }
}
